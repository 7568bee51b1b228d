import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { Button } from '../../ui/button/button'
import { HealthTabs } from '../../ui/health-tabs/health-tabs'
import { BarSpace, NothingHere, Screen } from '../../ui/screen/screen'
import { LineDetail } from './line-detail'
import classes from './log.module.css'
import { LogFilters } from './log-filters'
import { LogFooter } from './log-footer'
import { LogList } from './log-list'
import { ReportDialog } from './report-dialog'
import { useLog } from './use-log'
import { useLogFilter } from './use-log-filter'
import { useSelection } from './use-selection'

/** What the program does, line by line, as it happens and as far back as the log goes. */
export function LogScreen() {
  const { t } = useTranslation('log')
  const choice = useLogFilter()
  const log = useLog(choice.filter)
  const selection = useSelection(log.first, log.lines.length)
  const [isReporting, setReporting] = useState(false)
  const scopes = useScopes(log.lines)
  const { clear } = selection
  useEffect(() => {
    if (log.status === 'loading') clear()
  }, [log.status, clear])
  const active = selection.active === null ? undefined : log.lines[selection.active - log.first]
  return (
    <Screen
      label={t('title')}
      bar={
        <>
          <HealthTabs />
          <BarSpace />
          <Button
            onClick={() => {
              setReporting(true)
            }}
          >
            {t('report.open')}
          </Button>
        </>
      }
    >
      <LogFilters choice={choice} scopes={scopes} />
      {log.error === null ? null : (
        <div className={classes.error}>
          <RefusalNote error={log.error} />
          <Button onClick={log.startAgain}>{t('tryAgain')}</Button>
        </div>
      )}
      {log.lines.length > 0 ? (
        <LogList log={log} selection={selection} />
      ) : (
        <Nothing log={log} choice={choice} />
      )}
      {active === undefined ? null : (
        <LineDetail line={active} onAbout={choice.setRequest} onClose={selection.clear} />
      )}
      <LogFooter log={log} selection={selection} />
      {isReporting ? (
        <ReportDialog
          onClose={() => {
            setReporting(false)
          }}
        />
      ) : null}
    </Screen>
  )
}

type NothingProps = {
  readonly log: ReturnType<typeof useLog>
  readonly choice: ReturnType<typeof useLogFilter>
}

function Nothing({ log, choice }: NothingProps) {
  const { t } = useTranslation('log')
  const { before, isLoadingOlder, loadOlder, error } = log
  const goesOn = log.status === 'loading' || before !== null
  // An answer ends after so many bytes even when nothing was found in them.
  useEffect(() => {
    if (before !== null && !isLoadingOlder && error === null) loadOlder()
  }, [before, isLoadingOlder, loadOlder, error])
  if (log.status === 'failed') return <div className={classes.space} />
  if (goesOn) return <p className={classes.space}>{before === null ? '' : t('older')}</p>
  if (!choice.isFiltered) return <NothingHere title={t('empty.title')} text={t('empty.text')} />
  return (
    <NothingHere title={t('none.title')} text={t('none.text')}>
      <Button onClick={choice.clear}>{t('filter.clear')}</Button>
    </NothingHere>
  )
}

/** The parts of the program that were seen so far; a filter leaves only some, which must stay to be chosen. */
function useScopes(lines: ReturnType<typeof useLog>['lines']): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([])
  const all = useMemo(
    () => [...new Set([...seen, ...lines.map(({ scope }) => scope)])].filter((scope) => scope !== '').sort(),
    [seen, lines],
  )
  if (all.length > seen.length) setSeen(all)
  return all
}
