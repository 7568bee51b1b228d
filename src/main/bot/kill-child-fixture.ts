import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { v7 as uuidv7 } from 'uuid'
import { PersonId, RequestId } from '../../shared/model/ids'
import { openSqlite } from '../db/connection'
import { type Database, databaseOf } from '../db/database'
import type { Log } from '../telemetry/log'
import { createCommenting } from '../usecases/commenting'
import { createConfirming } from '../usecases/confirming'
import type { Deps } from '../usecases/deps'
import { createDispatching } from '../usecases/dispatching'
import { createDrafting } from '../usecases/drafting'
import { createFetching } from '../usecases/fetching'
import { createFieldwork } from '../usecases/fieldwork'
import { createPeople } from '../usecases/people'
import { createEngine } from './engine'
import { createHttpClient, type HttpClient } from './http-client'

// The program's own bot in a process of its own, which ends itself without warning at a named point.
// Nothing in the sources knows of it: the points lie in wrappers around what the engine is given.

/** Where the child may be told to end. */
export const POINTS = [
  'fetched',
  'inboxed',
  'handler-start',
  'domain-mid',
  'domain-kept',
  'domain-done',
  'outbox-sending',
  'http-sent',
  'http-replied',
  'outbox-sent',
  'assigned',
  'stop-called',
  'stopped',
] as const
export type Point = (typeof POINTS)[number]

/** Updates are confirmed before they are stored, or forgotten once they are handled. */
export type Sabotage = 'confirm-early' | 'forget-handled'

/** How the child is started, as JSON in `KILL_CHILD`. */
export type ChildOptions = {
  readonly folder: string
  readonly apiRoot: string
  readonly token: string
  /** Ends at this point when it is reached for the nth time. */
  readonly at?: Point
  readonly nth?: number
  /** Leaves out a guard, so that the test shows that it would notice. */
  readonly sabotage?: Sabotage | undefined
}

const options = JSON.parse(process.env['KILL_CHILD'] ?? '{}') as ChildOptions
let left = options.nth ?? 1

function reach(point: Point): void {
  if (point !== options.at) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

/** The database, with points after its commits. */
function watched(database: Database): Database {
  const { sqlite, batch } = database
  const counts = sqlite
    .prepare<[], [number, number]>(
      "select (select count(*) from inbox), (select count(*) from outbox where state = 'sending')",
    )
    .raw()
  const none: [number, number] = [0, 0]
  const transact: Database['transact'] = (work) => {
    if (sqlite.inTransaction) return database.transact(work)
    const [inboxBefore, sendingBefore] = counts.get() ?? none
    const result = database.transact(work)
    const [inbox, sending] = counts.get() ?? none
    if (inbox > inboxBefore) reach('inboxed')
    if (sending > sendingBefore) reach('outbox-sending')
    if (sending < sendingBefore) reach('outbox-sent')
    return result
  }
  return {
    ...database,
    transact,
    batch: {
      ...batch,
      begin: () => {
        batch.begin()
        reach('handler-start')
      },
      keep: () => {
        batch.keep()
        reach('domain-kept')
      },
      commit: () => {
        batch.commit()
        if (options.sabotage === 'forget-handled') sqlite.exec("delete from inbox where state <> 'new'")
        reach('domain-done')
      },
    },
  }
}

/** The HTTP client, with points around its calls. */
function watchedHttp(http: HttpClient): HttpClient {
  const real = http.fetch
  const watched = async (url: string, init: RequestInit) => {
    const isPoll = url.endsWith('/getUpdates')
    const called = real(url, init)
    // By now the request may have arrived; its answer has not come back.
    if (!isPoll) setTimeout(() => reach('http-sent'), 1)
    const answer = await called
    if (!isPoll) reach('http-replied')
    return isPoll ? pollAnswer(url, await answer.json()) : answer
  }
  return Object.assign({}, http, { fetch: watched })
}

async function pollAnswer(url: string, body: unknown) {
  const { result } = body as { result?: { update_id: number }[] }
  const last = result?.at(-1)
  if (last && options.sabotage === 'confirm-early') {
    await fetch(`${url}?offset=${String(last.update_id + 1)}&timeout=0`)
  }
  if (last) reach('fetched')
  return { ok: true, status: 200, json: () => Promise.resolve(body) }
}

/** Use cases that may end in the middle of an update's transaction. */
function watchedDrafting(deps: Deps): ReturnType<typeof createDrafting> {
  const drafting = createDrafting(deps)
  return {
    ...drafting,
    text: (spoken, text) => {
      drafting.text(spoken, text)
      reach('domain-mid')
    },
    send: (pressed) => {
      const request = drafting.send(pressed)
      reach('domain-mid')
      return request
    },
  }
}

const database = watched(
  databaseOf(openSqlite(join(options.folder, 'dispatcher.db')), { deviceId: 'kill', now: Date.now }),
)
const deps: Deps = {
  read: database.read,
  transact: database.transact,
  now: Date.now,
  newId: () => uuidv7(),
  newCode: () => randomBytes(16).toString('base64url'),
  undoMs: 0,
  desk: '',
}
const dispatching = createDispatching(deps)
const log: Log = { error: report, warn: () => {}, info: () => {}, debug: () => {}, child: () => log }
const engine = createEngine({
  people: createPeople(deps),
  drafting: watchedDrafting(deps),
  commenting: createCommenting(deps),
  confirming: createConfirming(deps),
  fieldwork: createFieldwork(deps),
  fetching: createFetching(deps),
  database,
  http: watchedHttp(createHttpClient()),
  apiRoot: options.apiRoot,
  filesFolder: join(options.folder, 'files'),
  now: Date.now,
  newCode: deps.newCode,
  log,
  onState: () => {},
})

function report(fields: Readonly<Record<string, unknown>>, message: string): void {
  const { error } = fields
  process.stderr.write(`${message}: ${error instanceof Error ? String(error.stack) : ''}\n`)
}

/** The manager: assigns every request, so that milestones go out too. */
function assignSome(): void {
  const technician = database.sqlite.prepare("select id from users where role = 'technician'").pluck().get()
  const ids = database.sqlite.prepare("select id from requests where status = 'OPEN'").pluck().all()
  for (const id of ids) {
    dispatching.assign(RequestId.parse(id), PersonId.parse(technician))
    reach('assigned')
  }
}

await engine.start(options.token)
const manager = setInterval(assignSome, 10)
createInterface({ input: process.stdin }).once('line', () => {
  clearInterval(manager)
  const stopped = engine.stop()
  reach('stop-called')
  void stopped.then(() => {
    reach('stopped')
    database.close()
    process.exit(0)
  })
})
process.stdout.write('ready\n')
