import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PersonId, RequestId } from '../../src/shared/model/ids'
import { createEngine } from '../../src/main/bot/engine'
import { createHttpClient, type HttpClient } from '../../src/main/bot/http-client'
import type { Database } from '../../src/main/db/database'
import { createDeps, createUseCases, openOfficeDatabase } from '../../src/main/office'
import { prepareDataFolder } from '../../src/main/settings/environment'
import { claimFolder } from '../../src/main/settings/folder-lock'
import { createLog } from '../../src/main/telemetry/log'
import { createRedactor } from '../../src/main/telemetry/redact'
import { type ChildOptions, type Command, type Point, say } from './child-protocol'

// The program without its window, in a process of its own, put together from the program's own parts. It can end
// itself without warning at a named point: the points lie in wrappers around what the engine is given, so nothing
// in the sources knows of them.

process.umask(0o077)

const options = JSON.parse(process.env['FAULT_CHILD'] ?? '{}') as ChildOptions
let left = options.nth ?? 1
const clock = { ahead: options.clockAheadMs ?? 0 }
const now = () => Date.now() + clock.ahead

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
        reach('domain-done')
      },
    },
  }
}

/** The HTTP client, with points around its calls. */
function watchedHttp(http: HttpClient): HttpClient {
  const fetchWatched = async (url: string, init: RequestInit) => {
    const isPoll = url.endsWith('/getUpdates')
    const called = http.fetch(url, init)
    // By now the request may have arrived; its answer has not come back.
    if (!isPoll) setTimeout(() => reach('http-sent'), 1)
    else if (typeof init.body === 'string' && init.body.includes('"offset"'))
      setTimeout(() => reach('ack-called'), 1)
    const answer = await called
    if (!isPoll) reach('http-replied')
    return isPoll ? pollAnswer(answer) : answer
  }
  return {
    ...http,
    // grammY uses nothing of the response but `json`.
    fetch: fetchWatched as unknown as typeof fetch,
    download: async (url, signal) => {
      const bytes = await http.download(url, signal)
      reach('file-fetched')
      return bytes
    },
  }
}

async function pollAnswer(answer: Response): Promise<unknown> {
  const body = (await answer.json()) as { result?: unknown }
  if (Array.isArray(body.result) && body.result.length > 0) reach('fetched')
  return { ok: answer.ok, status: answer.status, json: () => Promise.resolve(body) }
}

type UseCases = ReturnType<typeof createUseCases>

/** Use cases that may end in the middle of an update's transaction. */
function watchedUseCases(useCases: UseCases): UseCases {
  const { drafting, fetching } = useCases
  return {
    ...useCases,
    drafting: {
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
    },
    fetching: {
      ...fetching,
      settle: (download, outcome) => {
        reach('file-stored')
        fetching.settle(download, outcome)
      },
    },
  }
}

prepareDataFolder(options.folder)
const claim = claimFolder(options.folder)
if ('pid' in claim) {
  say({ claimed: claim.pid })
  process.exit(3)
}
const redactor = createRedactor()
redactor.addSecret(options.token)
const log = createLog({
  folder: join(options.folder, 'logs'),
  level: 'debug',
  console: false,
  redactor,
  version: 'test',
})
const database = watched(
  openOfficeDatabase({
    folder: options.folder,
    appVersion: '0.1.0',
    migrationsFolder: options.migrationsFolder,
    now,
  }),
)
if (options.checkpointPages !== undefined)
  database.sqlite.pragma(`wal_autocheckpoint = ${options.checkpointPages}`)
const deps = createDeps(database, now, 0)
const useCases = watchedUseCases(createUseCases(deps))
useCases.people.ensureManager()
const http = watchedHttp(createHttpClient())
const engine = createEngine({
  ...useCases,
  database,
  http,
  apiRoot: options.apiRoot,
  filesFolder: join(options.folder, 'files'),
  now,
  newCode: () => randomBytes(16).toString('base64url'),
  log,
  onState: (state) => {
    say({ state })
  },
})

/** The manager: assigns every new request, so that milestones go out too. Says so only when it is done. */
function assignSome(): void {
  const technician = database.sqlite.prepare("select id from users where role = 'technician'").pluck().get()
  if (technician === undefined) return
  const ids = database.sqlite.prepare("select id from requests where status = 'OPEN'").pluck().all()
  for (const id of ids) {
    try {
      useCases.dispatching.assign(RequestId.parse(id), PersonId.parse(technician))
    } catch (error) {
      say({ refused: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' })
      return
    }
    say({ assigned: String(id) })
    reach('assigned')
  }
}

await engine.start(options.token)
const manager = options.manager === false ? undefined : setInterval(assignSome, 10)
const commands: Readonly<Record<Command, (value: string) => void>> = {
  stop: () => {
    clearInterval(manager)
    const stopped = engine.stop()
    reach('stop-called')
    void stopped.then(async () => {
      reach('stopped')
      await http.close()
      database.close()
      claim.release()
      process.exit(0)
    })
  },
  clock: (value) => {
    clock.ahead = Number(value)
  },
  retry: () => {
    engine.retryNow()
  },
  /** Makes the buttons of a chat mean something that the program does not know. */
  damage: (chatId) => {
    database.sqlite
      .prepare(`update cards set actions = '[{"do":"nonsense"}]' where chat_id = ?`)
      .run(Number(chatId))
  },
  'shut-out': (telegramId) => {
    const id = database.sqlite
      .prepare('select id from users where telegram_id = ?')
      .pluck()
      .get(Number(telegramId))
    useCases.people.setActive(PersonId.parse(id), false)
  },
  token: (value) => {
    redactor.addSecret(value)
    void engine.start(value)
  },
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const [command = '', value = ''] = line.split(' ')
  // Only this program's own rig writes here.
  commands[command as Command](value)
})
say({ ready: true })
