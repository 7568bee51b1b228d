import type { Database } from '../db/database'
import { findNew, type Incoming, finishIncoming, saveIncoming } from '../db/inbox'
import type { WritableDb } from '../db/database'
import { type Context, inContext, withoutContext } from '../telemetry/context'
import type { Log } from '../telemetry/log'
import type { Measures } from '../telemetry/measures'
import { span } from '../telemetry/span'
import { isStorageTrouble } from './storage-trouble'

/** Updates handled in one commit: many enough that the disk is not the limit, few enough that the windows stay alive. */
const BATCH = 100
/** A message whose handling fails is tried so often. */
const TRIES = 5
/** Pauses between the tries, in ms. */
const PAUSES = [1_000, 4_000, 16_000, 60_000]
/** Pause after trouble with the disk, which is no fault of any message, in ms. */
const STORAGE_PAUSE_MS = 4_000

/** What became of an update: handled, or left aside by rule. */
export type Handled = 'done' | 'ignored'

/** What the processor needs. */
export type ProcessorDeps = {
  readonly database: Pick<Database, 'read' | 'transact' | 'batch'>
  readonly now: () => number
  readonly log: Log
  /** Told how long each update took, and what became of it. */
  readonly measures?: Measures | undefined
  /** Handles one update inside the open transaction. It may await, but must not let the event loop turn. */
  readonly handle: (row: Incoming) => Promise<Handled>
}

/** Handles stored updates, chat by chat in order. */
export type Processor = {
  /** Looks for new updates soon. */
  readonly wake: () => void
  /** Stops after the present batch; resolves when nothing runs any more. */
  readonly stop: () => Promise<void>
}

/** Thrown when a handler did I/O inside the open transaction: then other work could have slipped in. */
class HandlerWaited extends Error {
  constructor() {
    super('A handler let the event loop turn inside the transaction')
    this.name = 'HandlerWaited'
  }
}

/** Starts the processor. It begins with whatever an earlier run has left. */
export function startProcessor(deps: ProcessorDeps): Processor {
  let stopped = false
  let scheduled = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const wake = () => {
    if (stopped || scheduled) return
    scheduled = true
    clearTimeout(timer)
    // A fresh turn of the event loop has no waiting microtasks, so nothing but the handlers runs in the transaction.
    withoutContext(() =>
      setImmediate(() => {
        running = running.then(() => nextTurn()).then(pass)
      }),
    )
  }

  const pass = async () => {
    scheduled = false
    if (stopped) return
    const outcome = await handleSafely(deps)
    if (outcome.more) wake()
    else if (outcome.retryAt !== null) timer = setTimeout(wake, Math.max(0, outcome.retryAt - deps.now()))
  }

  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** A database that can't even be asked must not end the processor. */
async function handleSafely(deps: ProcessorDeps): Promise<Outcome> {
  try {
    return await handleBatch(deps)
  } catch (error) {
    deps.log.error({ error, scope: 'processor' }, 'The inbox could not be read')
    return { more: false, retryAt: deps.now() + STORAGE_PAUSE_MS }
  }
}

type Outcome = { readonly more: boolean; readonly retryAt: number | null }

async function handleBatch(deps: ProcessorDeps): Promise<Outcome> {
  const { database, now, log } = deps
  const { rows, retryAt, full } = pick(database, now())
  if (rows.length === 0) return { more: false, retryAt }
  const { batch } = database
  batch.begin()
  const turn = watchTurn()
  try {
    const heldUp = new Set<number>()
    const handled: HandledRow[] = []
    for (const row of rows) {
      // What comes after a failed update of the same chat waits for it.
      if (row.chatId !== null && heldUp.has(row.chatId)) continue
      const context = { updateId: row.updateId }
      const became = await inContext(context, () => handleOne(deps, row, turn))
      if (became === 'batch-lost') return { more: true, retryAt: null }
      if (became !== 'failed') handled.push({ row, became, context })
      else if (row.chatId !== null) heldUp.add(row.chatId)
    }
    batch.commit()
    logHandled(handled, log)
    return { more: full, retryAt: full ? null : nextRetry(database, now()) }
  } catch (error) {
    // A full disk, for example: nothing of the batch is kept, and it is tried again.
    log.error({ error, scope: 'processor' }, 'A batch of updates could not be kept')
    batch.rollback()
    return { more: false, retryAt: now() + STORAGE_PAUSE_MS }
  } finally {
    turn.end()
  }
}

type HandledRow = { readonly row: Incoming; readonly became: Handled; readonly context: Context }

/** Only after the commit: before, nothing of it has happened. Each line says what its update was about. */
function logHandled(rows: readonly HandledRow[], log: Log): void {
  for (const { row, became, context } of rows) {
    inContext(context, () => {
      // What belongs to no request yet, such as the words of a draft, comes in masses and tells nothing alone.
      const write = context['requestNumber'] === undefined ? log.debug : log.info
      write({ scope: 'processor', kind: row.kind, state: became }, 'An update was handled')
    })
  }
}

/** Handles one update between two savepoints. The whole batch is lost when the handler waited. */
async function handleOne(
  deps: ProcessorDeps,
  row: Incoming,
  turn: Turn,
): Promise<Handled | 'failed' | 'batch-lost'> {
  const { database, log, measures } = deps
  const { batch, transact } = database
  const began = performance.now()
  try {
    const handled = await Promise.race([span('update', 'update', () => deps.handle(row)), turn.turned])
    transact((db) => {
      finishIncoming(db, row, handled)
    })
    batch.keep()
    measures?.time('handler', row.kind, performance.now() - began)
    measures?.count('updates-handled', handled)
    return handled
  } catch (error) {
    if (isStorageTrouble(error)) throw error
    measures?.count('updates-failed')
    log.error({ error, scope: 'processor', attempt: row.attempts + 1 }, 'An update failed')
    if (error instanceof HandlerWaited) {
      batch.rollback()
      transact((db) => {
        noteFailure(db, row, error, deps.now())
      })
      return 'batch-lost'
    }
    batch.undo()
    transact((db) => {
      noteFailure(db, row, error, deps.now())
    })
    batch.keep()
    return 'failed'
  }
}

function noteFailure(db: WritableDb, row: Incoming, error: unknown, now: number): void {
  const attempts = row.attempts + 1
  const pause = PAUSES[attempts - 1] ?? PAUSES.at(-1) ?? 0
  saveIncoming(db, {
    ...row,
    attempts,
    state: attempts >= TRIES ? 'dead' : 'new',
    notBefore: now + pause,
    // The name only: the message of an error may quote what somebody wrote.
    lastError: error instanceof Error ? causeName(error) : 'Unknown',
  })
}

function causeName(error: Error): string {
  const inner = 'error' in error && error.error instanceof Error ? error.error : error
  return inner.name
}

type Picked = { readonly rows: Incoming[]; readonly retryAt: number | null; readonly full: boolean }

/** New updates in their order, leaving out chats in which an earlier one waits for its next try. */
function pick({ read }: Pick<Database, 'read'>, now: number): Picked {
  // A chat that waits may have very many messages: then the others are found further on.
  for (let limit = BATCH * 5; ; limit *= 4) {
    const found = findNew(read, limit)
    const picked = pickFrom(found, now)
    if (picked.full || found.length < limit) return picked
  }
}

function pickFrom(found: readonly Incoming[], now: number): Picked {
  const waitingChats = new Set<number>()
  const rows: Incoming[] = []
  let retryAt: number | null = null
  for (const row of found) {
    if (row.chatId !== null && waitingChats.has(row.chatId)) continue
    if (row.notBefore > now) {
      // Without a chat there is no order to keep.
      if (row.chatId !== null) waitingChats.add(row.chatId)
      retryAt = Math.min(retryAt ?? row.notBefore, row.notBefore)
      continue
    }
    rows.push(row)
    if (rows.length === BATCH) break
  }
  return { rows, retryAt, full: rows.length === BATCH }
}

function nextRetry(database: Pick<Database, 'read'>, now: number): number | null {
  const { rows, retryAt } = pick(database, now)
  return rows.length > 0 ? now : retryAt
}

type Turn = { readonly turned: Promise<never>; readonly end: () => void }

/** Notices when the event loop turns: handlers pass through microtasks only, so it must not. */
function watchTurn(): Turn {
  let end = () => {}
  const turned = new Promise<never>((_resolve, reject) => {
    const watch = setImmediate(() => {
      reject(new HandlerWaited())
    })
    end = () => {
      clearImmediate(watch)
    }
  })
  // Nobody may be waiting when it happens.
  turned.catch(() => {})
  return { turned, end: () => end() }
}
