import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { SettingsGroup } from './settings-group'
import classes from './settings.module.css'

/** The way into the practice building and out of it. */
export function PracticeSettings({ practice }: { practice: boolean }) {
  const { t } = useTranslation('settings')
  const change = useMutation({
    mutationFn: () => (practice ? client.practice.leave() : client.practice.open()),
  })
  return (
    <SettingsGroup title={t('practice.title')}>
      <p>{t(practice ? 'practice.insideText' : 'practice.text')}</p>
      <div className={classes.buttons}>
        <Button
          disabled={change.isPending}
          onClick={() => {
            change.mutate()
          }}
        >
          {t(practice ? 'practice.leave' : 'practice.open')}
        </Button>
      </div>
      <RefusalNote error={change.error} />
    </SettingsGroup>
  )
}
