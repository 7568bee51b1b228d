import { useTranslation } from 'react-i18next'
import type { ErrorKind } from '../../../shared/model/errors'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { CopyButton } from '../../ui/copy-button/copy-button'
import { HealthTabs } from '../../ui/health-tabs/health-tabs'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { BarSpace, NothingHere, Screen } from '../../ui/screen/screen'
import { ErrorRow } from './error-row'
import classes from './errors.module.css'
import { supportText } from './support-text'
import { useErrors, useListAction } from './use-errors'

/** What went wrong inside the program, counted by kind: without anything being sent anywhere. */
export function ErrorsScreen() {
  const { t } = useTranslation('errors')
  const errors = useErrors()
  const kinds = errors.data ?? []
  return (
    <Screen
      label={t('title')}
      bar={
        <>
          <HealthTabs />
          <BarSpace />
          {kinds.length > 0 ? <Actions kinds={kinds} /> : null}
        </>
      }
    >
      <RefusalNote error={errors.error} />
      {kinds.length > 0 ? (
        <ul className={classes.list} aria-label={t('title')}>
          {kinds.map((kind) => (
            <li key={kind.id} className={classes.item}>
              <ErrorRow kind={kind} />
            </li>
          ))}
        </ul>
      ) : null}
      {errors.isSuccess && kinds.length === 0 ? (
        <NothingHere title={t('none.title')} text={t('none.text')} />
      ) : null}
    </Screen>
  )
}

function Actions({ kinds }: { kinds: readonly ErrorKind[] }) {
  const { t } = useTranslation('errors')
  const markRead = useListAction(() => client.errors.markRead())
  const clear = useListAction(() => client.errors.clear())
  return (
    <>
      <CopyButton text={supportText(kinds)} label={t('copyAll')} done={t('copied')} />
      <Button
        disabled={markRead.isPending || !kinds.some(({ isNew }) => isNew)}
        onClick={() => {
          markRead.mutate()
        }}
      >
        {t('markRead')}
      </Button>
      <Button
        kind="ghost"
        disabled={clear.isPending}
        onClick={() => {
          clear.mutate()
        }}
      >
        {t('clear')}
      </Button>
    </>
  )
}
