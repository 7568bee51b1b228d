import { tooManyRequests } from './api-error'

/** At most so many messages in so many seconds. */
export type FloodLimit = { readonly messages: number; readonly seconds: number }

/** Limits for one chat and for all together; Telegram publishes none exactly, so a test chooses. */
export type FloodLimits = { readonly perChat?: FloodLimit; readonly overall?: FloodLimit }

/** Counts messages over sliding windows. */
export class Flood {
  readonly #limits: FloodLimits
  readonly #now: () => number
  readonly #sent = new Map<string, number[]>()

  constructor(limits: FloodLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
  }

  /** Counts the messages or, when they are too many, throws ApiError 429 and counts nothing. */
  spend(chatId: number, messages: number): void {
    const windows = [
      { key: `chat/${chatId}`, limit: this.#limits.perChat },
      { key: 'overall', limit: this.#limits.overall },
    ]
    for (const { key, limit } of windows) if (limit) this.#assertRoom(key, limit, messages)
    for (const { key, limit } of windows) {
      if (limit) this.#recent(key, limit).push(...Array.from({ length: messages }, this.#now))
    }
  }

  #recent(key: string, limit: FloodLimit): number[] {
    const start = this.#now() - limit.seconds * 1000
    const recent = (this.#sent.get(key) ?? []).filter((at) => at > start)
    this.#sent.set(key, recent)
    return recent
  }

  #assertRoom(key: string, limit: FloodLimit, messages: number): void {
    const recent = this.#recent(key, limit)
    // An album larger than the limit passes when nothing else was sent, or it never could.
    const excess = recent.length + messages - Math.max(limit.messages, messages)
    const freed = recent[excess - 1]
    if (freed === undefined) return
    throw tooManyRequests(Math.max(1, Math.ceil((freed + limit.seconds * 1000 - this.#now()) / 1000)))
  }
}
