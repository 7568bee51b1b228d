import { useTranslation } from 'react-i18next'
import type { Slow } from '../../../shared/model/profile'
import classes from './health.module.css'
import { useProfile } from './use-health'
import { useSay } from './use-say'

/** Kinds shown of each list. */
const SHOWN = 5

/** What took longest since the start; nothing while nothing was measured. */
export function Slowest() {
  const { t } = useTranslation('health')
  const { data: profile } = useProfile()
  const lists =
    profile === undefined
      ? []
      : (['handlers', 'queries', 'sends'] as const).map((name) => ({ name, rows: profile[name] }))
  if (lists.every(({ rows }) => rows.length === 0)) return null
  return (
    <section className={classes.section} aria-label={t('profile.title')}>
      <h2>{t('profile.title')}</h2>
      <div className={classes.slowest}>
        {lists.map(({ name, rows }) => (
          <SlowTable key={name} title={t(`profile.${name}`)} rows={rows.slice(0, SHOWN)} />
        ))}
      </div>
    </section>
  )
}

function SlowTable({ title, rows }: { title: string; rows: readonly Slow[] }) {
  const { t } = useTranslation('health')
  const say = useSay()
  if (rows.length === 0) return null
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          {(['name', 'count', 'p50', 'p95', 'max', 'total'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`profile.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, count, p50Ms, p95Ms, maxMs, totalMs }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{say.count(count)}</td>
            <td>{say.ms(p50Ms)}</td>
            <td>{say.ms(p95Ms)}</td>
            <td>{say.ms(maxMs)}</td>
            <td>{say.ms(totalMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
