import { conflict } from './api-error'
import { limits } from './limits'
import type { QueuedUpdate } from './state'
import { isRecord } from './unknown-value'

/** What a getUpdates call asks for; timeout in seconds. */
export type Poll = { readonly offset: number; readonly limit: number; readonly timeout: number }

type Waiting = {
  readonly poll: Poll
  readonly finish: (updates: unknown[]) => void
  readonly fail: (error: Error) => void
}

/** Left out unless asked for (Bot API: getUpdates.allowed_updates). */
const askedForOnly = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
/** How far past its end the server still takes an offset for a real one. */
const futureOffsets = 10

/** Updates waiting for the bot, and the one long poll that may wait for them. */
export class UpdatesQueue {
  readonly #now: () => number
  readonly #changed: () => void
  readonly #confirmed: number[] = []
  #queue: QueuedUpdate[]
  #nextId: number
  #allowed: readonly string[] | undefined
  #waiting: Waiting | undefined

  constructor(parts: {
    now: () => number
    changed: () => void
    nextId: number
    queue: readonly QueuedUpdate[]
    allowed: readonly string[] | undefined
  }) {
    this.#now = parts.now
    this.#changed = parts.changed
    this.#nextId = parts.nextId
    this.#queue = [...parts.queue]
    this.#allowed = parts.allowed
  }

  get nextId(): number {
    return this.#nextId
  }

  get allowed(): readonly string[] | undefined {
    return this.#allowed
  }

  /** Queues an update of a known type unless the bot has not asked for that type. */
  push(type: string, content: unknown): void {
    const wanted = this.#allowed ? this.#allowed.includes(type) : !askedForOnly.has(type)
    if (wanted) this.pushAny({ [type]: content })
  }

  /** Queues any JSON at all; an object without update_id gets the next one. Returns the id it is queued under. */
  pushAny(update: unknown): number {
    const given = isRecord(update) ? update['update_id'] : undefined
    const id = typeof given === 'number' && Number.isSafeInteger(given) ? given : this.#nextId
    const complete = isRecord(update) && given === undefined ? { update_id: id, ...update } : update
    this.#queue.push({ id, update: complete, at: this.#now() })
    this.#nextId = Math.max(this.#nextId, id + 1)
    this.#changed()
    // Parts of one album are pushed in one go and shall arrive in one answer.
    queueMicrotask(() => {
      this.#wake()
    })
    return id
  }

  /** Update ids go on from here, as after a week of silence. */
  restartIds(from: number): void {
    this.#nextId = from
    this.#changed()
  }

  pending(): QueuedUpdate[] {
    const oldest = this.#now() - limits.updateLifetime * 1000
    this.#queue = this.#queue.filter((queued) => queued.at >= oldest)
    return this.#queue
  }

  confirmedIds(): number[] {
    return [...this.#confirmed]
  }

  /** Remembers the wanted update types; an empty list means the default ones. */
  allow(types: readonly string[]): void {
    this.#allowed = types.length > 0 ? types : undefined
    this.#changed()
  }

  dropPending(): void {
    this.#queue = []
    this.#changed()
  }

  /** Answers at once or when something comes; a second poll ends the first with ApiError 409. */
  poll(poll: Poll, signal: AbortSignal): Promise<unknown[]> {
    this.endPoll('terminated by other getUpdates request; make sure that only one bot instance is running')
    this.#confirm(poll.offset)
    const ready = this.#take(poll)
    if (ready.length > 0 || poll.timeout === 0) return Promise.resolve(ready)
    return this.#wait(poll, signal)
  }

  /** Ends the waiting poll, if any, with ApiError 409. */
  endPoll(reason: string): void {
    this.#waiting?.fail(conflict(reason))
  }

  #wait(poll: Poll, signal: AbortSignal): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.finish([])
      }, Math.min(poll.timeout, limits.pollTimeout) * 1000)
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', abandon)
        if (this.#waiting === waiting) this.#waiting = undefined
      }
      const waiting: Waiting = {
        poll,
        finish: (updates) => {
          end()
          resolve(updates)
        },
        fail: (error) => {
          end()
          reject(error)
        },
      }
      const abandon = (): void => {
        waiting.finish([])
      }
      signal.addEventListener('abort', abandon)
      this.#waiting = waiting
    })
  }

  #wake(): void {
    if (!this.#waiting) return
    const updates = this.#take(this.#waiting.poll)
    if (updates.length > 0) this.#waiting.finish(updates)
  }

  #take(poll: Poll): unknown[] {
    return this.pending()
      .slice(0, poll.limit)
      .map((queued) => queued.update)
  }

  /** Forgets what the offset says was received; an offset far in the future confirms nothing. */
  #confirm(offset: number): void {
    const pending = this.pending()
    if (offset > this.#nextId + futureOffsets) return
    const keep = offset < 0 ? pending.slice(offset) : pending.filter((queued) => queued.id >= offset)
    if (keep.length === pending.length) return
    const kept = new Set(keep)
    for (const queued of pending) if (!kept.has(queued)) this.#confirmed.push(queued.id)
    this.#queue = keep
    this.#changed()
  }
}
