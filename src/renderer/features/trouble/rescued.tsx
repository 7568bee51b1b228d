import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RescueReport } from '../../../shared/model/trouble'
import { Button } from '../../ui/button/button'
import { OpenBoard } from './open-board'
import classes from './trouble.module.css'

type Table = RescueReport['tables'][number]

/** The tables that have a line of their own; the rest goes into one. */
const NAMED = [
  'requests',
  'comments',
  'files',
  'users',
  'buildings',
  'units',
  'changes',
  'inbox',
  'outbox',
] as const
type Named = (typeof NAMED)[number]
/** Numbers that are written out. */
const SHOWN = 20

type Props = {
  readonly report: RescueReport
  readonly onStillInTheWay: () => void
  readonly onBackups: () => void
}

/** What a rescue saved and what it did not, before the board is opened. */
export function Rescued({ report, onStillInTheWay, onBackups }: Props) {
  const { t } = useTranslation('trouble')
  const isComplete = report.tables.every(({ unreadable, leftOut }) => !unreadable && leftOut === 0)
  return (
    <>
      {isComplete && report.missing === 0 ? (
        <IconCircleCheck className={classes.done} size={32} stroke={1.5} aria-hidden />
      ) : (
        <IconAlertTriangle className={classes.sign} size={32} stroke={1.5} aria-hidden />
      )}
      <h1 tabIndex={-1}>{t('rescued.title')}</h1>
      <p className={classes.lead}>{t(isComplete ? 'rescued.complete' : 'rescued.lost')}</p>
      <ul className={classes.points}>
        <li>{missingOf(report, t)}</li>
        {report.fromMessages > 0 ? (
          <li>{t('rescued.fromMessages', { count: report.fromMessages })}</li>
        ) : null}
        {report.lostChanges > 0 ? <li>{t('rescued.lostChanges', { count: report.lostChanges })}</li> : null}
        {report.held > 0 ? <li>{t('rescued.held', { count: report.held })}</li> : null}
        <li>{t('rescued.kept', { folder: report.keptIn })}</li>
      </ul>
      <Tables tables={report.tables} />
      <OpenBoard onStillInTheWay={onStillInTheWay}>
        <Button onClick={onBackups}>{t('rescued.restore')}</Button>
      </OpenBoard>
    </>
  )
}

function missingOf(
  { missing, missingNumbers }: RescueReport,
  t: ReturnType<typeof useTranslation<'trouble'>>['t'],
): string {
  if (missing === 0) return t('rescued.noneMissing')
  const shown = missingNumbers.slice(0, SHOWN).join(', ')
  const numbers = missing > SHOWN ? `${shown} ${t('rescued.more')}` : shown
  return t('rescued.missing', { count: missing, numbers })
}

function Tables({ tables }: { tables: readonly Table[] }) {
  const { t } = useTranslation('trouble')
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('rescued.table')}</th>
          <th scope="col">{t('rescued.read')}</th>
          <th scope="col">{t('rescued.rebuilt')}</th>
          <th scope="col">{t('rescued.leftOut')}</th>
        </tr>
      </thead>
      <tbody>
        {linesOf(tables).map(({ name, read, rebuilt, leftOut, unreadable }) => (
          <tr key={name}>
            <th scope="row">
              {t(`tables.${name}`)}
              {unreadable ? <span>{t('rescued.parts')}</span> : null}
            </th>
            <td>{read}</td>
            <td>{rebuilt === 0 ? '–' : rebuilt}</td>
            <td>{leftOut === 0 ? '–' : leftOut}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Line = Omit<Table, 'table'> & { readonly name: Named | 'other' }

function linesOf(tables: readonly Table[]): Line[] {
  const named = NAMED.flatMap((name): Line[] => {
    const found = tables.find(({ table }) => table === name)
    return found ? [{ ...found, name }] : []
  })
  const others = tables.filter(({ table }) => !NAMED.some((name) => name === table))
  const sum = (of: (table: Table) => number) => others.reduce((total, table) => total + of(table), 0)
  return [
    ...named,
    {
      name: 'other',
      read: sum(({ read }) => read),
      rebuilt: sum(({ rebuilt }) => rebuilt),
      leftOut: sum(({ leftOut }) => leftOut),
      unreadable: others.some(({ unreadable }) => unreadable),
    },
  ]
}
