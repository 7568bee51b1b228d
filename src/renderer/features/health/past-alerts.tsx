import { useTranslation } from 'react-i18next'
import type { Alert } from '../../../shared/model/alerts'
import { useAlertWords } from '../../lib/alert-words'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import classes from './health.module.css'

/** What was wrong and is over. */
export function PastAlerts({ past }: { past: readonly Alert[] }) {
  const { t } = useTranslation('health')
  const words = useAlertWords()
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const when = (at: number) => happenedAt(at, now, language, desk)
  return (
    <section className={classes.section} aria-label={t('past.title')}>
      <h2>{t('past.title')}</h2>
      {past.length === 0 ? <p className={classes.quiet}>{t('past.none')}</p> : null}
      <ul className={classes.past}>
        {past.map((alert) => (
          <li key={alert.id}>
            <span>{words(alert).title}</span>
            <span className={classes.quiet}>
              {t('past.line', { since: when(alert.since), until: when(alert.endedAt ?? alert.since) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
