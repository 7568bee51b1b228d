import { useTranslation } from 'react-i18next'
import { Part } from './part'
import type { PartsProps } from './parts-props'
import { Sparkline } from './sparkline'
import { useSay } from './use-say'

/** The work itself, and the program that carries it. */
export function WorkParts({ facts, history, span, states }: PartsProps) {
  const { t } = useTranslation('health')
  const say = useSay()
  const { requests, totals } = facts
  const { OPEN, ASSIGNED, IN_PROGRESS, ON_HOLD } = requests.byStatus
  const charts = history === undefined ? null : { history, span }
  return (
    <>
      <Part
        title={t('part.requests')}
        state={states.requests}
        facts={[
          [t('fact.open'), say.count(OPEN + ASSIGNED + IN_PROGRESS + ON_HOLD)],
          [t('fact.unassigned'), say.count(OPEN)],
          [t('fact.atRisk'), say.count(requests.atRisk)],
          [t('fact.overdue'), say.count(requests.overdue)],
        ]}
      >
        {charts && <Sparkline {...charts} of="openRequests" kind="level" say={say.count} />}
      </Part>
      <Part
        title={t('part.errors')}
        state={states.errors}
        facts={[[t('fact.since'), say.count(totals.errors + totals.windowErrors)]]}
      >
        {charts && <Sparkline {...charts} of="errors" kind="sum" say={say.count} />}
      </Part>
      <Part
        title={t('part.computer')}
        state={states.computer}
        facts={[
          [t('fact.started'), say.when(facts.startedAt)],
          [t('fact.delay'), say.ms(facts.process.loopDelayMs)],
          [t('fact.memory'), say.size(facts.process.memoryBytes)],
        ]}
      >
        {charts && <Sparkline {...charts} of="memoryBytes" kind="level" say={say.size} />}
      </Part>
    </>
  )
}
