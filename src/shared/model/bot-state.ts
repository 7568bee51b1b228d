import { z } from 'zod'
import { Instant } from './ids'

/** Whether messages reach this computer, as shown in the top bar. */
export const BotState = z.discriminatedUnion('kind', [
  /** No token yet: the first-run guide asks for one. */
  z.object({ kind: z.literal('no-token') }),
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('receiving'), name: z.string(), username: z.string(), since: Instant }),
  /** `network`: Telegram can't be reached; `telegram`: it answers with errors; `login-page`: the network answers in its place. */
  z.object({
    kind: z.literal('offline'),
    since: Instant,
    reason: z.enum(['network', 'telegram', 'login-page', 'disk-full']),
  }),
  z.object({ kind: z.literal('token-refused'), since: Instant }),
  /** Another program is using this bot. */
  z.object({ kind: z.literal('conflict'), since: Instant }),
  /** A webhook is set, so Telegram sends the messages elsewhere. */
  z.object({ kind: z.literal('webhook'), since: Instant }),
])
export type BotState = z.infer<typeof BotState>

/** What getMe and getWebhookInfo tell about a token. */
export const BotIdentity = z.object({
  id: z.int(),
  name: z.string(),
  username: z.string(),
  /** Where a webhook in the way sends the messages; null when there is none. */
  webhook: z.string().nullable(),
})
export type BotIdentity = z.infer<typeof BotIdentity>

/** Something that the program could not do by itself and that a person should look at. */
export const AttentionItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('update'),
    /** Key of the inbox row, opaque to the windows. */
    id: z.string(),
    at: Instant,
    from: z.string(),
    text: z.string(),
    error: z.string(),
  }),
  z.object({
    kind: z.literal('message'),
    outboxId: z.int(),
    at: Instant,
    state: z.enum(['unknown', 'failed', 'blocked']),
    to: z.string(),
    requestNumber: z.string().nullable(),
    error: z.string(),
    /** True when it waited in a restored backup: it may have been sent before. */
    fromBackup: z.boolean(),
  }),
  /** The newest proven backup is too old, or there never was one. */
  z.object({ kind: z.literal('backup'), at: Instant.nullable() }),
])
export type AttentionItem = z.infer<typeof AttentionItem>
