import { z } from 'zod'
import { Facts } from '../../shared/model/facts'
import { Judgement } from '../../shared/model/judgement'

/** The answer of `/health`: the judgement, a sentence, and the state of each part. Counts and times only. */
export const HealthReport = Judgement.extend({
  message: z.string(),
  version: z.string(),
  parts: Facts,
})
export type HealthReport = z.infer<typeof HealthReport>

/** Puts the answer of `/health` together. */
export function healthReport(facts: Facts, judgement: Judgement, version: string): HealthReport {
  return { ...judgement, message: messageOf(judgement), version, parts: facts }
}

/** In English whatever the desk speaks: monitors and scripts read it. */
function messageOf({ issues }: Judgement): string {
  if (issues.length === 0) return 'success'
  return issues.map(({ code, severity }) => (severity === 'serious' ? code : `${code} (warning)`)).join(', ')
}
