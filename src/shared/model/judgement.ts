import { z } from 'zod'

/** What can be wrong with the program as a whole. */
export const HealthIssueCode = z.enum([
  'not-listening',
  'token-refused',
  'no-token',
  'conflict',
  'updates-wait',
  'updates-set-aside',
  'messages-wait',
  'messages-failed',
  'disk-low',
  'disk-full',
  'backup-old',
  'check-failed',
  'slow-loop',
])
export type HealthIssueCode = z.infer<typeof HealthIssueCode>

/** What somebody can do about it. */
export const HealthAction = z.enum([
  'check-network',
  'replace-token',
  'close-other-program',
  'look-at-attention',
  'free-disk-space',
  'make-backup',
  'restore-backup',
])
export type HealthAction = z.infer<typeof HealthAction>

/** How the program does, judged: healthy unless something serious is wrong. */
export const Judgement = z.object({
  healthy: z.boolean(),
  issues: z.array(
    z.object({
      code: HealthIssueCode,
      /** A serious one makes the whole unhealthy. */
      severity: z.enum(['serious', 'warning']),
      /** Since when, UTC ms, where that is known. */
      since: z.number().nullable(),
    }),
  ),
  actions: z.array(HealthAction),
})
export type Judgement = z.infer<typeof Judgement>
