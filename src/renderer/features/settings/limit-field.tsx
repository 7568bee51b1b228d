import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertSettings } from '../../../shared/model/alerts'
import classes from './alerts.module.css'

/** Thresholds that can be set, with the unit of each. */
const UNITS = {
  notListeningMinutes: 'minutes',
  sendsLateMinutes: 'minutes',
  sendsFailed: 'pieces',
  diskFreeMegabytes: 'megabytes',
  backupHours: 'hours',
  errorsInTenMinutes: 'pieces',
  unassignedMinutes: 'minutes',
  urgentMinutes: 'minutes',
} as const

/** A threshold that can be set. */
export type LimitName = keyof typeof UNITS

type Props = {
  readonly name: LimitName
  /** Name of the alert, for whoever does not see what the field stands beside. */
  readonly of: string
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A whole number with its unit; one that the program would not take is marked. */
export function LimitField({ name, of, value, onChange }: Props) {
  const { t } = useTranslation('alerts')
  const id = useId()
  const label = t(`settings.limit.${name}`)
  const isGood = AlertSettings.shape[name].safeParse(value).success
  return (
    <span className={classes.limit}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={0}
        step={1}
        aria-label={`${of}: ${label} (${t(`settings.${UNITS[name]}`)})`}
        aria-invalid={!isGood}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => {
          onChange(event.currentTarget.valueAsNumber)
        }}
      />
      <span>{t(`settings.${UNITS[name]}`)}</span>
    </span>
  )
}
