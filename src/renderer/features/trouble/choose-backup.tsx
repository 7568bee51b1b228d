import { useMutation, useQuery } from '@tanstack/react-query'
import { IconArchive } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupPreview, BackupSummary } from '../../../shared/model/backups'
import type { Language } from '../../../shared/model/vocabulary'
import { sizeText } from '../../lib/bytes'
import { client } from '../../lib/client'
import { exactTime } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { PassphraseField } from '../../ui/passphrase-field/passphrase-field'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { Progress } from './progress'
import classes from './trouble.module.css'

type Props = {
  readonly language: Language
  readonly onBack: () => void
  readonly onRestored: () => void
}

/** The copies of the data, then what is in one of them, then the restoring. */
export function ChooseBackup({ language, onBack, onRestored }: Props) {
  const [chosen, choose] = useState<BackupSummary | null>(null)
  if (chosen === null) return <List language={language} onBack={onBack} onChoose={choose} />
  const back = () => {
    choose(null)
  }
  return <Preview backup={chosen} language={language} onBack={back} onRestored={onRestored} />
}

type ListProps = Pick<Props, 'language' | 'onBack'> & { readonly onChoose: (backup: BackupSummary) => void }

function List({ language, onBack, onChoose }: ListProps) {
  const { t } = useTranslation('trouble')
  const backups = useQuery({
    queryKey: ['trouble', 'backups'],
    queryFn: () => client.trouble.backups(),
    gcTime: 0,
  })
  return (
    <>
      <h1 tabIndex={-1}>{t('backups.title')}</h1>
      <p className={classes.lead}>{t(backups.data?.length === 0 ? 'backups.none' : 'backups.text')}</p>
      <RefusalNote error={backups.error} />
      <ul className={classes.backups}>
        {(backups.data ?? []).map((backup) => (
          <li key={backup.id}>
            <IconArchive size={20} stroke={1.5} aria-hidden />
            <div>
              <b>{exactTime(backup.madeAt, language)}</b>
              <p>{describe(backup, language, t)}</p>
            </div>
            <Button
              aria-label={`${t('backups.look')}: ${exactTime(backup.madeAt, language)}`}
              onClick={() => {
                onChoose(backup)
              }}
            >
              {t('backups.look')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button onClick={onBack}>{t('backups.back')}</Button>
      </div>
    </>
  )
}

function describe(
  { reason, requests, people, sizeBytes, place, encrypted }: BackupSummary,
  language: Language,
  t: ReturnType<typeof useTranslation<'trouble'>>['t'],
): string {
  const parts = [
    t('backups.requests', { count: requests }),
    t('backups.people', { count: people }),
    sizeText(sizeBytes, language),
    t(`backups.reason.${reason}`),
  ]
  if (place === 'second') parts.push(t('backups.second'))
  if (encrypted) parts.push(t('backups.encrypted'))
  return parts.join(' · ')
}

type PreviewProps = Props & { readonly backup: BackupSummary }

function Preview({ backup, language, onBack, onRestored }: PreviewProps) {
  const { t } = useTranslation('trouble')
  const preview = useQuery({
    queryKey: ['trouble', 'preview', backup.id],
    queryFn: () => client.trouble.preview({ id: backup.id }),
  })
  const restore = useMutation({
    mutationFn: (passphrase: string | null) => client.trouble.restore({ id: backup.id, passphrase }),
    onSuccess: onRestored,
  })
  return (
    <>
      <h1 tabIndex={-1}>{t('preview.title', { when: exactTime(backup.madeAt, language) })}</h1>
      <p className={classes.lead}>{describe(backup, language, t)}</p>
      <ul className={classes.points}>
        {preview.data === undefined ? null : (
          <Newest at={preview.data.then.newestRequestAt} language={language} />
        )}
        <li>{t('preview.kept')}</li>
        <li>{t('preview.held')}</li>
      </ul>
      <RefusalNote error={preview.error ?? restore.error} />
      {restore.isPending ? (
        <Progress kind="restore" />
      ) : (
        <LastClick seen={preview.data} onBack={onBack} onRestore={restore.mutate} />
      )}
    </>
  )
}

function Newest({ at, language }: { at: number | null; language: Language }) {
  const { t } = useTranslation('trouble')
  return (
    <li>{at === null ? t('preview.noRequests') : t('preview.newest', { when: exactTime(at, language) })}</li>
  )
}

type LastClickProps = {
  readonly seen: BackupPreview | undefined
  readonly onBack: () => void
  readonly onRestore: (passphrase: string | null) => void
}

/** The restoring itself, which a locked backup asks its passphrase for. */
function LastClick({ seen, onBack, onRestore }: LastClickProps) {
  const { t } = useTranslation('trouble')
  const [passphrase, setPassphrase] = useState('')
  const needs = seen?.needsPassphrase === true
  const canRestore = seen !== undefined && !seen.tooNew && (!needs || passphrase !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (canRestore) onRestore(needs ? passphrase : null)
      }}
    >
      {seen?.tooNew === true ? <p className={classes.lead}>{t('preview.tooNew')}</p> : null}
      {needs ? (
        <PassphraseField label={t('preview.passphrase')} value={passphrase} onChange={setPassphrase} />
      ) : null}
      <div className={classes.buttons}>
        <Button kind="primary" submit disabled={!canRestore}>
          {t('preview.restore')}
        </Button>
        <Button onClick={onBack}>{t('backups.back')}</Button>
      </div>
    </form>
  )
}
