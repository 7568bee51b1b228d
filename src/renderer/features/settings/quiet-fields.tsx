import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AlertSettings } from '../../../shared/model/alerts'
import type { AlertFieldsProps } from './alert-row'
import classes from './alerts.module.css'
import { clockOf, minuteOf } from './clock-of-minute'

const USUAL = AlertSettings.parse({}).quiet

/** The hours in which nobody is told. */
export function QuietFields({ draft, onChange }: AlertFieldsProps) {
  const { t } = useTranslation('alerts')
  const { quiet } = draft
  return (
    <fieldset className={classes.group}>
      <legend>{t('settings.quietTitle')}</legend>
      <div className={classes.row}>
        <Checkbox
          label={t('settings.quiet')}
          checked={quiet !== null}
          onChange={() => {
            onChange({ quiet: quiet === null ? USUAL : null })
          }}
        />
        {quiet === null ? null : (
          <div className={classes.limits}>
            {(['from', 'until'] as const).map((end) => (
              <label key={end} className={classes.limit}>
                {t(`settings.${end}`)}
                <input
                  type="time"
                  value={clockOf(quiet[end])}
                  onChange={(event) => {
                    const minute = minuteOf(event.currentTarget.value)
                    if (minute !== null) onChange({ quiet: { ...quiet, [end]: minute } })
                  }}
                />
              </label>
            ))}
          </div>
        )}
      </div>
      {quiet === null ? null : (
        <Checkbox
          label={t('settings.passes')}
          checked={draft.criticalPasses}
          onChange={() => {
            onChange({ criticalPasses: !draft.criticalPasses })
          }}
        />
      )}
    </fieldset>
  )
}
