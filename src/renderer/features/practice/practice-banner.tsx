import { useMutation } from '@tanstack/react-query'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './practice-banner.module.css'

/** Says, as long as the practice building is open, that nothing here is real. */
export function PracticeBanner() {
  const { t } = useTranslation('practice')
  const [sure, setSure] = useState(false)
  const startOver = useMutation({ mutationFn: () => client.practice.startOver() })
  const leave = useMutation({ mutationFn: () => client.practice.leave() })
  const ask = (asked: boolean) => () => {
    setSure(asked)
  }
  return (
    <section className={classes.banner} aria-label={t('banner.name')}>
      <IconInfoCircle size={16} stroke={1.6} aria-hidden />
      <p>{t(sure ? 'banner.startOverMeans' : 'banner.text')}</p>
      <RefusalNote error={startOver.error ?? leave.error} />
      {sure ? (
        <>
          <Button
            disabled={startOver.isPending}
            onClick={() => {
              startOver.mutate(undefined, { onSettled: ask(false) })
            }}
          >
            {t('banner.startOverYes')}
          </Button>
          <Button onClick={ask(false)}>{t('banner.keep')}</Button>
        </>
      ) : (
        <>
          <Button onClick={ask(true)}>{t('banner.startOver')}</Button>
          <Button
            disabled={leave.isPending}
            onClick={() => {
              leave.mutate()
            }}
          >
            {t('banner.connect')}
          </Button>
        </>
      )}
    </section>
  )
}
