import type { Faults } from './faults'
import type { FileStore } from './files'
import type { FloodLimits } from './flood'
import type { LedgerEntry } from './ledger'
import type { Person } from './phone'
import type { BotTexts, PersonProfile, SimulatorState } from './state'

/** How a simulator may be started; everything has a default. */
export type SimulatorOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly botId?: number
  readonly botName?: string
  readonly botUsername?: string
  /** Milliseconds before each call is handled. */
  readonly latencyMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly floodLimits?: FloodLimits
  /** What snapshot() gave before; its bot id and token win over the options. */
  readonly state?: SimulatorState
  readonly files?: FileStore
  /** Called at most once per turn of the event loop after anything snapshot() holds has changed. */
  readonly onStateChange?: () => void
}

/** A running simulator of the Telegram Bot API with the people who talk to its one bot. */
export type Simulator = {
  readonly apiRoot: string
  readonly token: string
  readonly people: {
    /** Adds somebody who has not met the bot yet, or renames a person known by that id. */
    addPerson(profile: PersonProfile): Person
    list(): Person[]
  }
  /** Throws for an id nobody has. */
  person(id: number): Person
  onChange(listener: (chatId: number) => void): () => void
  fileBytes(fileId: string): Uint8Array | undefined
  /** Queues any JSON at all past every filter; an object gets an update_id unless it has one. Returns the id. */
  pushUpdate(update: unknown): number
  readonly ledger: readonly LedgerEntry[]
  readonly faults: Faults
  pendingUpdates(): unknown[]
  confirmedUpdateIds(): number[]
  /** The token stops working: 401 from now on. */
  revokeToken(): void
  /** A new working token; the old one gets 401. */
  issueToken(): string
  /** Puts a webhook in the way; '' takes it off. */
  setWebhook(url: string): void
  /** The next update gets this id, as after a week of silence. */
  restartUpdateIds(from: number): void
  setLatency(ms: number): void
  /** Name and texts the bot has set about itself, by language code ('' for all). */
  botTexts(): { names: BotTexts; descriptions: BotTexts; shortDescriptions: BotTexts }
  snapshot(): SimulatorState
  /** Closes every socket at once. */
  stop(): Promise<void>
}
