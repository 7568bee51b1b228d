import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../practice/simulator/phone'
import type { Simulator } from '../practice/simulator/simulator'
import { startSimulator } from '../practice/simulator/start-simulator'
import { openOffice } from '../testing/office'
import { addPlaces } from './dialogue-fixture'
import type { ChildOptions, Point, Sabotage } from './kill-child-fixture'

const RESIDENTS = 100
const KILLS = 60
/** Written out here, so that a point that vanishes from the child is missed. */
const NAMED: Point[] = [
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
]

let bundle: string
let folder: string
let simulator: Simulator
const running = new Set<ChildProcess>()

beforeAll(async () => {
  // Beside the packages, so that the native module is found.
  mkdirSync('node_modules/.cache', { recursive: true })
  bundle = mkdtempSync('node_modules/.cache/kill-')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: join(import.meta.dirname, 'kill-child-fixture.ts'),
      outDir: bundle,
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
}, 60_000)
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(() => {
  rmSync(bundle, { recursive: true, force: true })
})

/** Small and seeded, so that a failure can be played again. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Child = {
  readonly process: ChildProcess
  readonly ended: Promise<string>
  readonly ready: Promise<void>
}

function startChild(given: Partial<ChildOptions> = {}): Child {
  const options: ChildOptions = { folder, apiRoot: simulator.apiRoot, token: simulator.token, ...given }
  const child = spawn(process.execPath, [join(bundle, 'child.mjs')], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', KILL_CHILD: JSON.stringify(options) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  const said: string[] = []
  child.stderr.on('data', (bytes: Buffer) => {
    const text = bytes.toString()
    if (!text.includes('DEP0040') && !text.includes('--trace-deprecation')) said.push(text)
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve([signal ?? `exit ${String(code)}`, ...said].join('\n'))
    })
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.once('data', () => {
      resolve()
    })
    void ended.then(() => {
      resolve()
    })
  })
  return { process: child, ended, ready }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** Points that one run may pass several times; the others only once for sure. */
const OFTEN = new Set<Point>([
  'domain-mid',
  'domain-kept',
  'outbox-sending',
  'http-sent',
  'http-replied',
  'outbox-sent',
])

/** Starts a program that will be killed, and waits until it is; what ended it. */
async function killOnce(at: Point | null, random: () => number, sabotage?: Sabotage): Promise<string> {
  if (at === null) {
    const child = startChild({ sabotage })
    await pause(100 + random() * 250)
    child.process.kill('SIGKILL')
    return child.ended
  }
  const nth = OFTEN.has(at) ? 1 + Math.floor(random() * 3) : 1
  const child = startChild({ at, nth, sabotage })
  await child.ready
  if (at === 'stop-called' || at === 'stopped') {
    await pause(40)
    child.process.stdin?.write('stop\n')
  }
  // A point that is not reached is no kill: the run says so by its end.
  const tooLong = setTimeout(() => child.process.kill('SIGTERM'), 2_500)
  const end = await child.ended
  clearTimeout(tooLong)
  return end
}

type Resident = { readonly phone: Person; readonly words: string; pressed: number }

/** A resident who does what people do: scans the code, writes, and presses Send once it is offered. */
function step(resident: Resident, unitCode: string): boolean {
  const { phone } = resident
  if (!phone.hasStarted()) {
    phone.start(`u_${unitCode}`)
    phone.write(resident.words)
    return true
  }
  if (phone.messages().some(({ from, text }) => from === 'bot' && /^No\. \d/u.test(text ?? ''))) return false
  const card = phone.messages().findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
  if (!card || resident.pressed >= 20) return false
  resident.pressed += 1
  void phone.press(card.messageId, { text: 'Send' })
  return true
}

async function prepare(count: number): Promise<{ residents: Resident[]; unitCode: string }> {
  folder = mkdtempSync(join(tmpdir(), 'kill-'))
  simulator = await startSimulator()
  const office = await openOffice({ folder, simulator })
  const { unitCode } = addPlaces(office, 1)
  const technician = simulator.people.addPerson({ id: 400, first_name: 'Marek' })
  technician.start(`inv_${office.people.invite('Marek').code}`)
  await office.settled()
  await office.close()
  const residents = Array.from({ length: count }, (_, index) => ({
    phone: simulator.people.addPerson({ id: 1000 + index, first_name: 'R', language_code: 'en' }),
    words: `Trouble number ${String(index)}`,
    pressed: 0,
  }))
  return { residents, unitCode }
}

function query(sql: string): unknown[] {
  const sqlite = new BetterSqlite3(join(folder, 'dispatcher.db'), { readonly: true })
  try {
    return sqlite.prepare(sql).raw().all()
  } finally {
    sqlite.close()
  }
}

/** Runs without kills until everybody has a request and nothing waits any more. */
async function finish(
  residents: readonly Resident[],
  unitCode: string,
  sabotage?: Sabotage,
): Promise<string> {
  const child = startChild({ sabotage })
  const deadline = Date.now() + 20_000
  let quiet = 0
  while (quiet < 5) {
    if (Date.now() > deadline) throw new Error('it did not come to rest')
    await pause(100)
    const active = residents.filter((resident) => step(resident, unitCode)).length
    const [[waiting] = []] = query(
      `select (select count(*) from inbox where state = 'new') + (select count(*) from outbox where state in ('pending', 'sending'))
         + (select count(*) from requests where status = 'OPEN')`,
    ) as [number][]
    quiet = active === 0 && waiting === 0 && simulator.pendingUpdates().length === 0 ? quiet + 1 : 0
    if (quiet === 2) askAgain(residents)
  }
  child.process.stdin?.write('stop\n')
  return child.ended
}

/** Whoever still sees no card, because nobody knows whether it arrived, asks for it. */
function askAgain(residents: readonly Resident[]): void {
  for (const { phone } of residents) {
    const cards = phone
      .messages()
      .filter(({ from, text }) => from === 'bot' && /^(?:No\.|New request)/u.test(text ?? ''))
    if (!cards.some(({ text, buttons }) => text?.startsWith('No.') === true || buttons.length > 1))
      phone.write('/new')
  }
}

/** How often each chat got each message, by what the server handled. */
function sendsHandled(isCard: boolean): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { method, params, handled } of simulator.ledger) {
    if (method !== 'sendMessage' || !handled || (params['reply_markup'] !== undefined) !== isCard) continue
    const key = `${String(params['chat_id'])} ${String(params['text'])}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

type Suffered = {
  readonly residents: readonly Resident[]
  readonly killedAt: (Point | 'random')[]
  readonly end: string
}

/** Lets residents write while the program is killed again and again, and then finish in peace. */
async function suffer(
  given: { kills: number; residents: number; points: readonly (Point | null)[]; sabotage?: Sabotage },
  seed: number,
): Promise<Suffered> {
  const random = randomOf(seed)
  const { residents, unitCode } = await prepare(given.residents)
  const killedAt: (Point | 'random')[] = []
  for (let run = 0; killedAt.length < given.kills; run += 1) {
    if (run > 2 * given.kills) throw new Error(`seed ${String(seed)}: the points are not reached`)
    const begun = Math.ceil(((killedAt.length + 1) * residents.length) / given.kills)
    for (const resident of residents.slice(0, begun)) step(resident, unitCode)
    const at = given.points[run % given.points.length] ?? null
    const end = await killOnce(at, random, given.sabotage)
    if (end === 'SIGKILL') killedAt.push(at ?? 'random')
    else if (end !== 'SIGTERM' && end !== 'exit 0') throw new Error(`seed ${String(seed)}: ${end}`)
  }
  return { residents, killedAt, end: await finish(residents, unitCode, given.sabotage) }
}

const seedOf = () => Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)
const numbers = (ids: readonly number[]) => [...new Set(ids)].sort((a, b) => a - b)
const inboxIds = () =>
  (query('select update_id from inbox order by update_id') as [number][]).map(([id]) => id)

test(`${String(KILLS)} kills lose nothing and double nothing`, { timeout: 120_000 }, async () => {
  const seed = seedOf()
  const points = [...NAMED, ...Array.from({ length: 7 }, () => null)]
  const { residents, killedAt, end } = await suffer({ kills: KILLS, residents: RESIDENTS, points }, seed)
  const context = `seed ${String(seed)}`
  expect([end, killedAt.length], context).toEqual(['exit 0', KILLS])
  expect(new Set(killedAt), context).toEqual(new Set([...NAMED, 'random']))

  // Everything that Telegram was told we have, we have: once, and handled.
  const confirmed = numbers(simulator.confirmedUpdateIds())
  expect(inboxIds(), context).toEqual(confirmed)
  expect(query("select * from inbox where state not in ('done', 'ignored')"), context).toEqual([])
  expect(confirmed.length, context).toBeGreaterThanOrEqual(3 * RESIDENTS)

  // One request for each resident, with the words once, numbered without a gap.
  const requests = query(
    'select telegram_id, description, sequence from requests join users on users.id = user_id order by telegram_id',
  ) as [number, string, number][]
  expect(
    requests.map(([chatId, words]) => [chatId, words]),
    context,
  ).toEqual(residents.map(({ words, phone }) => [phone.profile.id, words]))
  expect(numbers(requests.map(([, , sequence]) => sequence)), context).toEqual(
    residents.map((_, index) => index + 1),
  )

  // A message comes once, unless its row says that nobody knows; a card twice at most.
  const messages = query("select chat_id, state from outbox where kind = 'assigned' order by chat_id") as [
    number,
    string,
  ][]
  const got = messages.map(([chatId, state]) => {
    const told = simulator.person(chatId).messages()
    const times = told.filter(({ text }) => text?.includes('takes care of it') === true).length
    return [chatId, state === 'unknown' ? times <= 1 : state === 'sent' && times === 1]
  })
  expect(got, context).toEqual(residents.map(({ phone }) => [phone.profile.id, true]))
  expect(
    [...sendsHandled(false)].filter(([, count]) => count > 1),
    context,
  ).toEqual([])
  expect(
    [...sendsHandled(true)].filter(([, count]) => count > 2),
    context,
  ).toEqual([])
})

test('the kills find an update that is confirmed before it is stored', { timeout: 60_000 }, async () => {
  await suffer({ kills: 2, residents: 4, points: ['fetched'], sabotage: 'confirm-early' }, 1)
  const stored = new Set(inboxIds())

  expect(simulator.confirmedUpdateIds().filter((id) => !stored.has(id)).length).toBeGreaterThan(0)
})

test('the kills find an update that is handled twice', { timeout: 60_000 }, async () => {
  const { residents } = await suffer(
    { kills: 2, residents: 4, points: ['domain-done'], sabotage: 'forget-handled' },
    1,
  )
  const told = new Set(query('select description from requests').flat())

  expect(residents.filter(({ words }) => !told.has(words)).length).toBeGreaterThan(0)
})
