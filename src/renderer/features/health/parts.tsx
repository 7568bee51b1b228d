import { useTranslation } from 'react-i18next'
import type { AlertKey } from '../../../shared/model/alerts'
import { DataParts } from './data-parts'
import classes from './health.module.css'
import { MessageParts } from './message-parts'
import { partStates } from './part-states'
import type { PartsProps } from './parts-props'
import { WorkParts } from './work-parts'

type Props = Omit<PartsProps, 'states'> & { readonly alerts: readonly AlertKey[] }

/** Every part of the program, from the way in to the disk. */
export function Parts({ alerts, ...props }: Props) {
  const { t } = useTranslation('health')
  const states = partStates(props.facts, alerts)
  return (
    <section className={classes.section} aria-label={t('parts')}>
      <div className={classes.parts}>
        <MessageParts {...props} states={states} />
        <WorkParts {...props} states={states} />
        <DataParts {...props} states={states} />
      </div>
    </section>
  )
}
