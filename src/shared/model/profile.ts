import { z } from 'zod'

/** How long one kind of work takes, since the program started. Times in ms; percentiles are read off a histogram. */
export const Slow = z.object({
  name: z.string(),
  count: z.int().min(0),
  p50Ms: z.number(),
  p95Ms: z.number(),
  maxMs: z.number(),
  totalMs: z.number(),
})
export type Slow = z.infer<typeof Slow>

/** The slowest work of each kind, that with the largest total first; at most 20 of each. */
export const Profile = z.object({
  handlers: z.array(Slow),
  queries: z.array(Slow),
  sends: z.array(Slow),
})
export type Profile = z.infer<typeof Profile>
