import type { RequestId } from '../../shared/model/ids'
import type { Topic } from '../../shared/ipc/contract'
import type { Status } from '../../shared/model/vocabulary'
import { type Context, presentContext, withoutContext } from '../telemetry/context'
import { compiled } from './compiled'
import { createJournal, type Journal } from './journal'
import { assertDurable, type Orm, ormOf, type Sqlite } from './connection'
import { queryNames, type QueryWatch, watched } from './query-watch'

declare const readable: unique symbol
declare const writable: unique symbol

/** A database that may only be read: what readers ask for. */
export type ReadableDb = { readonly [readable]: true }

/** A database inside a transaction: what writers ask for, and only use cases can get. */
export type WritableDb = ReadableDb & { readonly [writable]: true }

/** Who has work waiting in the database after a commit. */
export type Worker = 'sender' | 'downloader' | 'processor'

/** That a request was written, for the log: what changed, never from what to what. */
export type RequestChanged = {
  readonly requestId: RequestId
  readonly number: string
  readonly isNew: boolean
  readonly status: Status
  readonly columns: readonly string[]
}

/** What a committed transaction made stale, whom it gave work, and what it was about. */
export type Touched = {
  readonly topics: ReadonlySet<Topic>
  readonly requestIds: ReadonlySet<RequestId>
  readonly workers: ReadonlySet<Worker>
  /** In their order, each with what the work was about that has made it. */
  readonly changes: readonly (RequestChanged & { readonly context: Context | undefined })[]
}

type NotPromise<T> = T extends PromiseLike<unknown> ? never : T
/** Runs the work in one transaction: all of it is kept, or, when it throws, none. Async work does not compile. */
export type Transact = <T>(work: (db: WritableDb) => NotPromise<T>) => T

/** The reading half of Drizzle: a prepared reader built from it can't write. */
type ReadingOrm = Pick<Orm, 'select' | 'selectDistinct' | '$count'>

/** One open database with everything that hangs on the connection. */
export type Database = {
  readonly sqlite: Sqlite
  /** The id under which it writes its journal. */
  readonly deviceId: string
  readonly read: ReadableDb
  readonly transact: Transact
  /** Runs many small transactions as one commit: see batch.ts. */
  readonly batch: Batch
  /** Calls the listener after every commit that touched something; returns its end. */
  readonly onCommit: (listener: (touched: Touched) => void) => () => void
  readonly close: () => void
}

/** The commands by which a batch of savepoints shares one commit. */
export type Batch = {
  readonly begin: () => void
  /** Keeps what was done since the last mark. */
  readonly keep: () => void
  /** Takes back what was done since the last mark. */
  readonly undo: () => void
  readonly commit: () => void
  readonly rollback: () => void
}

type Inner = {
  readonly orm: Orm
  readonly statements: Map<unknown, unknown>
  /** Puts the query under watch, where somebody wants to know how long queries take. */
  readonly underWatch: <T>(made: T, built: unknown) => T
  readonly journal: Journal
  topics: Set<Topic>
  requestIds: Set<RequestId>
  workers: Set<Worker>
  changes: Touched['changes'][number][]
  /** How many of the changes a batch has kept. */
  keptChanges: number
}

// The two database types are empty on purpose: all access goes through this module's functions, so that
// a reader cannot reach the connection behind it.
const inners = new WeakMap<ReadableDb, Inner>()

function innerOf(db: ReadableDb): Inner {
  const inner = inners.get(db)
  if (!inner) throw new Error('This database was not made by databaseOf')
  return inner
}

function watching(sqlite: Sqlite, watch: QueryWatch | undefined): Inner['underWatch'] {
  if (watch === undefined) return (made) => made
  const named = queryNames(sqlite)
  return (made, built) => watched(made, named(built), watch)
}

function prepared<T>(db: ReadableDb, build: (orm: Orm) => T): T {
  const { statements, orm, underWatch } = innerOf(db)
  const known = statements.get(build)
  // The map is keyed by the function that built the value, so the type is its result.
  if (known !== undefined) return known as T
  const built = build(orm)
  const made = underWatch(compiled(built), built)
  statements.set(build, made)
  return made
}

/** Declares a prepared read: built once for each connection, since preparing anew costs half the speed. */
export function reading<T>(build: (orm: ReadingOrm) => T): (db: ReadableDb) => T {
  return (db) => prepared(db, build)
}

/** Declares a prepared write, which only a transaction can run. */
export function writing<T>(build: (orm: Orm) => T): (db: WritableDb) => T {
  return (db) => prepared(db, build)
}

/** Tells the windows, once the transaction has committed, that this kind of data is stale. */
export function touch(db: WritableDb, topic: Topic, requestId?: RequestId): void {
  const inner = innerOf(db)
  inner.topics.add(topic)
  if (requestId !== undefined) inner.requestIds.add(requestId)
}

/** Wakes whoever empties a queue, once the transaction has committed. */
export function giveWork(db: WritableDb, worker: Worker): void {
  innerOf(db).workers.add(worker)
}

/** Tells of the change of a request, once the transaction has committed. */
export function noteChange(db: WritableDb, change: RequestChanged): void {
  innerOf(db).changes.push({ ...change, context: presentContext() })
}

/** The journal of this connection; see journal.ts. */
export function journalOf(db: WritableDb): Journal {
  return innerOf(db).journal
}

/** Makes a database of an open connection to a migrated file. Throws when it does not write durably. */
export function databaseOf(
  sqlite: Sqlite,
  options: {
    readonly deviceId: string
    readonly now: () => number
    /** Told how long each query took. */
    readonly watch?: QueryWatch | undefined
    /** Told how long each commit took, in ms. */
    readonly onCommitted?: ((ms: number) => void) | undefined
  },
): Database {
  // The pragma tells the truth only after a write on this connection.
  sqlite.exec('begin immediate; update counters set value = value where name is null; commit')
  assertDurable(sqlite)
  const orm = ormOf(sqlite)
  const inner: Inner = {
    orm,
    statements: new Map(),
    underWatch: watching(sqlite, options.watch),
    journal: createJournal(sqlite, options),
    topics: new Set(),
    requestIds: new Set(),
    workers: new Set(),
    changes: [],
    keptChanges: 0,
  }
  // One object serves both types: the brands exist for the compiler only.
  const db = Object.freeze({}) as WritableDb
  inners.set(db, inner)
  const listeners = new Set<(touched: Touched) => void>()

  const settle = (announce: boolean) => {
    const { topics, requestIds, workers, changes } = inner
    inner.changes = []
    inner.keptChanges = 0
    if (topics.size === 0 && workers.size === 0) return
    inner.topics = new Set()
    inner.requestIds = new Set()
    inner.workers = new Set()
    if (!announce) return
    // Whoever is woken by it goes on by itself.
    withoutContext(() => {
      for (const listener of listeners) listener({ topics, requestIds, workers, changes })
    })
  }

  const run = {
    begin: sqlite.prepare('begin immediate'),
    commit: sqlite.prepare('commit'),
    rollback: sqlite.prepare('rollback'),
    savepoint: sqlite.prepare('savepoint step'),
    release: sqlite.prepare('release step'),
    rollbackTo: sqlite.prepare('rollback to step'),
  }
  const { onCommitted } = options
  const commit = () => {
    const began = performance.now()
    run.commit.run()
    onCommitted?.(performance.now() - began)
  }
  // SQLite has already rolled back by itself on errors such as a full disk.
  const rollback = () => {
    if (sqlite.inTransaction) run.rollback.run()
    settle(false)
  }

  const transact: Transact = (work) => {
    // Inside a batch the savepoint is already open and the batch commits.
    if (sqlite.inTransaction) return work(db)
    run.begin.run()
    let result
    try {
      result = work(db)
      commit()
    } catch (error) {
      rollback()
      throw error
    }
    settle(true)
    return result
  }

  const batch: Batch = {
    begin: () => {
      run.begin.run()
      run.savepoint.run()
    },
    keep: () => {
      inner.keptChanges = inner.changes.length
      run.release.run()
      run.savepoint.run()
    },
    undo: () => {
      inner.changes.length = inner.keptChanges
      run.rollbackTo.run()
    },
    commit: () => {
      try {
        run.release.run()
        commit()
      } catch (error) {
        rollback()
        throw error
      }
      settle(true)
    },
    rollback,
  }

  return {
    sqlite,
    deviceId: options.deviceId,
    read: db,
    transact,
    batch,
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      sqlite.close()
    },
  }
}
