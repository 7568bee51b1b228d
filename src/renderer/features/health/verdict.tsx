import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../../shared/model/alerts'
import { isNew } from '../../lib/alerts'
import { useAppState } from '../../lib/app-state'
import { AlertItem } from './alert-item'
import classes from './health.module.css'

/** Plain words first: all is well, or what is wrong. */
export function Verdict({ open }: { open: readonly Alert[] }) {
  const { t } = useTranslation(['health', 'alerts'])
  const { kind } = useAppState().bot
  const wellText = kind === 'receiving' ? 'wellText' : kind === 'no-token' ? 'wellWithoutBot' : 'wellSilent'
  const news = open.filter(isNew).length
  const look = news === 0 ? 'well' : open.some(({ level }) => level === 'critical') ? 'critical' : 'warning'
  const Mark = news === 0 ? IconCircleCheck : IconAlertTriangle
  return (
    <section className={classes.verdict} data-look={look} aria-live="polite">
      <header>
        <Mark size={24} stroke={1.6} aria-hidden />
        <div>
          <h2>{news === 0 ? t('well') : t('wrong', { count: news })}</h2>
          {news === 0 ? <p>{open.length === 0 ? t(wellText) : t('seenOnly')}</p> : null}
        </div>
      </header>
      {open.length === 0 ? null : (
        <ul className={classes.alerts} aria-label={t('alerts')}>
          {open.map((alert) => (
            <li key={alert.id}>
              <AlertItem alert={alert} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
