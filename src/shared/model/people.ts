import { z } from 'zod'
import { Instant, PersonId } from './ids'
import { Language, Role } from './vocabulary'

/** A person as the People screen lists them. */
export const Person = z.object({
  id: PersonId,
  name: z.string(),
  username: z.string().nullable(),
  role: Role,
  isActive: z.boolean(),
  /** False when the person blocked the bot or has no Telegram. */
  reachable: z.boolean(),
  language: Language,
  place: z.string().nullable(),
  /** Requests of theirs that are not over: reported by a resident, or assigned to a technician. */
  openRequests: z.int(),
  createdAt: Instant,
})
export type Person = z.infer<typeof Person>

/** An invitation for a technician: works once, until it expires. */
export const Invite = z.object({
  id: z.string(),
  name: z.string(),
  /** The t.me link; empty while no bot is connected. */
  link: z.string(),
  expiresAt: Instant,
})
export type Invite = z.infer<typeof Invite>
