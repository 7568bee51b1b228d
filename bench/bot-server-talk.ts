/** An update as the server hands it out. */
export type PlainUpdate = { readonly update_id: number } & Readonly<Record<string, unknown>>

/** What the server is told. */
export type Order =
  /** Answers a bot, each call after so many ms. */
  | { readonly do: 'open'; readonly token: string; readonly delayMs: number }
  /** Lets people write so many messages, each person the next one only after the answer to the last. */
  | { readonly do: 'write'; readonly token: string; readonly count: number }
  /** Hands out one update now. */
  | { readonly do: 'push'; readonly token: string; readonly update: PlainUpdate }

/** What the server tells. Instants are ms of the shared clock. */
export type Told =
  | { readonly told: 'listening'; readonly port: number }
  | {
      readonly told: 'answered'
      readonly token: string
      readonly from: number
      readonly until: number
      readonly calls: number
    }
  | { readonly told: 'pushed'; readonly token: string; readonly updateId: number; readonly at: number }

/** People who write at the same time. */
export const WRITERS = 200
/** Telegram ids of the people who write begin here. */
export const FIRST_WRITER = 700_000_000
/** Messages of one person; then somebody else writes. */
export const MESSAGES_EACH = 3
