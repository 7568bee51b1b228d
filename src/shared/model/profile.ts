import { z } from 'zod'

/** One kind of work, and how long it took since the program started. */
export const Slow = /* @__PURE__ */ z.object({
  name: z.string(),
  count: z.int().min(0),
  p50Ms: z.number().min(0),
  p95Ms: z.number().min(0),
  maxMs: z.number().min(0),
  totalMs: z.number().min(0),
})
export type Slow = z.infer<typeof Slow>

/** The slowest of each kind, the slowest first. */
export const Profile = /* @__PURE__ */ z.object({
  handlers: z.array(Slow),
  queries: z.array(Slow),
  sends: z.array(Slow),
})
export type Profile = z.infer<typeof Profile>
