import type { Facts } from '../../../shared/model/facts'
import type { HealthHistory, HistorySpan } from '../../../shared/model/health-history'
import type { partStates } from './part-states'

/** What every group of parts is drawn from. */
export type PartsProps = {
  readonly facts: Facts
  readonly history: HealthHistory | undefined
  readonly span: HistorySpan
  readonly states: ReturnType<typeof partStates>
}
