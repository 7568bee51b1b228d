import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlertKey, AlertSettings } from '../../../shared/model/alerts'
import classes from './alerts.module.css'
import { LimitField, type LimitName } from './limit-field'

/** What a part of the alert settings is drawn from, and how it is changed. */
export type AlertFieldsProps = {
  readonly draft: AlertSettings
  readonly onChange: (part: Partial<AlertSettings>) => void
}

/** The thresholds of each alert. */
const LIMITS: Readonly<Record<AlertKey, readonly LimitName[]>> = {
  'not-listening': ['notListeningMinutes'],
  'day-limit': [],
  'was-away': [],
  'sends-failing': ['sendsLateMinutes', 'sendsFailed'],
  'disk-low': ['diskFreeMegabytes'],
  'backup-old': ['backupHours'],
  errors: ['errorsInTenMinutes'],
  'database-check': [],
  unassigned: ['unassignedMinutes', 'urgentMinutes'],
}

/** One alert: whether it is wanted, and from when on. */
export function AlertRow({ name, draft, onChange }: AlertFieldsProps & { readonly name: AlertKey }) {
  const { t } = useTranslation('alerts')
  const isOn = !draft.off.includes(name)
  return (
    <div className={classes.row}>
      <Checkbox
        label={t(`settings.name.${name}`)}
        checked={isOn}
        onChange={() => {
          onChange({ off: isOn ? [...draft.off, name] : draft.off.filter((key) => key !== name) })
        }}
      />
      {isOn ? (
        <div className={classes.limits}>
          {LIMITS[name].map((limit) => (
            <LimitField
              key={limit}
              name={limit}
              of={t(`settings.name.${name}`)}
              value={draft[limit]}
              onChange={(value) => {
                onChange({ [limit]: value })
              }}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}
