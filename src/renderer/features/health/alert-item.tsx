import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Alert, AlertKey } from '../../../shared/model/alerts'
import { actionOf } from '../../lib/alert-actions'
import { useAlertWords } from '../../lib/alert-words'
import { isNew } from '../../lib/alerts'
import { client } from '../../lib/client'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { exactTime, happenedAt } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './health.module.css'
import { useAlertAction } from './use-health'

/** Alerts whose words name the moment already. */
const DATED: readonly AlertKey[] = ['not-listening', 'was-away', 'unassigned']
/** How long "remind me" waits, in minutes. */
const LATER = 240

/** One thing that is wrong: what it means, since when, what to do, and a button where the program can do it. */
export function AlertItem({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts')
  const language = useLanguage()
  const { title, means, todo, since } = useAlertWords()(alert)
  const act = useAlertAction()
  const action = actionOf(alert)
  const Mark = alert.level === 'critical' ? IconAlertTriangle : IconInfoCircle
  return (
    <article className={classes.alert} data-level={alert.level} aria-label={title}>
      <Mark size={18} stroke={1.6} aria-hidden />
      <div className={classes.words}>
        <h3>{title}</h3>
        <p>{means}</p>
        {todo === null ? null : <p className={classes.todo}>{todo}</p>}
        <p className={classes.quiet}>
          {DATED.includes(alert.key) ? null : (
            <time dateTime={new Date(alert.since).toISOString()} title={exactTime(alert.since, language)}>
              {t('since', { when: since })}
            </time>
          )}
          <Silence alert={alert} />
        </p>
        <RefusalNote error={act.error} />
      </div>
      <div className={classes.buttons}>
        {isNew(alert) ? <Silencing alert={alert} act={act} /> : null}
        {action === null ? null : (
          <Button
            disabled={act.isPending}
            onClick={() => {
              act.mutate(action.run)
            }}
          >
            {t(`action.${action.name}`)}
          </Button>
        )}
      </div>
    </article>
  )
}

function Silence({ alert: { acknowledgedAt, snoozedUntil } }: { alert: Alert }) {
  const { t } = useTranslation('alerts')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const when = (at: number) => ({ when: happenedAt(at, now, language, desk) })
  if (acknowledgedAt !== null) return <span>{t('acknowledged', when(acknowledgedAt))}</span>
  if (snoozedUntil !== null) return <span>{t('snoozed', when(snoozedUntil))}</span>
  return null
}

function Silencing({ alert: { id }, act }: { alert: Alert; act: ReturnType<typeof useAlertAction> }) {
  const { t } = useTranslation('alerts')
  return (
    <>
      <Button
        kind="ghost"
        disabled={act.isPending}
        onClick={() => {
          act.mutate(() => client.alerts.snooze({ id, minutes: LATER }))
        }}
      >
        {t('later')}
      </Button>
      <Button
        kind="ghost"
        disabled={act.isPending}
        onClick={() => {
          act.mutate(() => client.alerts.acknowledge({ id }))
        }}
      >
        {t('seen')}
      </Button>
    </>
  )
}
