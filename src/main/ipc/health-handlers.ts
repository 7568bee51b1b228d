import type { Handlers } from '../../shared/ipc/contract'
import type { Facts } from '../../shared/model/facts'
import { Refusal } from '../../shared/model/refusal'
import { judge } from '../health/judge'
import { profileOf } from '../health/profile-of'
import type { Measures } from '../telemetry/measures'

/** What is known of how the program does. */
export type HealthSource = { readonly facts: () => Facts; readonly measures: Measures }

/** How the program does, served; refused where data are only looked at. */
export function healthHandlers(health: HealthSource | null): Omit<Handlers['health'], 'history'> {
  const present = (): HealthSource => {
    if (health === null) throw new Refusal('read-only')
    return health
  }
  return {
    facts: () => {
      const facts = present().facts()
      return { facts, judgement: judge(facts) }
    },
    profile: () => profileOf(present().measures),
  }
}
