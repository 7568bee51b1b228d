import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './practice-banner.module.css'

/** Says, as long as the practice building is open, that nothing here is real. */
export function PracticeBanner() {
  const { t } = useTranslation('practice')
  const [sure, setSure] = useState(false)
  const startOver = useMutation({
    mutationFn: () => client.practice.startOver(),
    onSettled: () => {
      setSure(false)
    },
  })
  const leave = useMutation({ mutationFn: () => client.practice.leave() })
  return (
    <section className={classes.banner} aria-label={t('banner.name')}>
      <IconInfoCircle size={16} stroke={1.6} aria-hidden />
      <p>{sure ? t('banner.startOverMeans') : t('banner.text')}</p>
      <RefusalNote error={startOver.error ?? leave.error} />
      {sure ? (
        <>
          <Button
            variant="default"
            className={classes.button}
            loading={startOver.isPending}
            onClick={() => {
              startOver.mutate()
            }}
          >
            {t('banner.startOverYes')}
          </Button>
          <Button
            variant="default"
            className={classes.button}
            onClick={() => {
              setSure(false)
            }}
          >
            {t('banner.keep')}
          </Button>
        </>
      ) : (
        <>
          <Button
            variant="default"
            className={classes.button}
            onClick={() => {
              setSure(true)
            }}
          >
            {t('banner.startOver')}
          </Button>
          <Button
            variant="default"
            className={classes.button}
            loading={leave.isPending}
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
