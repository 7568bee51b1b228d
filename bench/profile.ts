import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { profileOf } from '../src/main/health/profile-of'
import { openOffice, type Office } from '../src/main/office'
import type { Log } from '../src/main/telemetry/log'
import { archiveOf, copyOf } from './data-set'
import { summarize } from './hour/cpu-summary'
import { sitAtDesk } from './hour/desk'
import { summaryText } from './hour/summary-text'
import type { StreetOrder, StreetTold } from './hour/talk'
import { cache, store } from './places'

// One hour of a large office, as fast as it goes, under the processor's profile: npm run profile

const RESIDENTS = Number(process.env['PROFILE_RESIDENTS'] ?? '600')
const TECHNICIANS = 12
const ARCHIVE = 10_000
/** How long the manager can take an action back, in ms: an hour is short here. */
const UNDO_MS = 200
/** Time between two looks of the profiler, in µs. */
const INTERVAL_US = 200

const log: Log = {
  error: (fields, message) => {
    console.error(message, fields)
  },
  warn: (_fields, message) => {
    console.warn(message)
  },
  info: () => {},
  debug: () => {},
  child: () => log,
}

async function run(): Promise<void> {
  const out = join(process.env['PROFILE_OUT'] ?? cache)
  mkdirSync(cache, { recursive: true })
  mkdirSync(out, { recursive: true })
  const copies = mkdtempSync(join(cache, 'hour-'))
  const street = fork(join(import.meta.dirname, 'street.js'), {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  try {
    const ready = await told(street, 'ready')
    const office = open(copies, ready.apiRoot)
    await office.telegram.engine.start(ready.token)
    const text = await profiled(office, street, join(out, 'hour.cpuprofile'))
    await office.close()
    writeFileSync(join(out, 'summary.txt'), text)
    console.log(
      `${text}\n${join(out, 'hour.cpuprofile')}: open it in the Performance panel of Chrome's developer tools`,
    )
  } finally {
    street.kill()
    rmSync(copies, { recursive: true, force: true })
  }
}

function open(copies: string, apiRoot: string): Office {
  return openOffice({
    folder: copyOf(archiveOf(ARCHIVE), store, copies),
    appVersion: '0.0.0',
    migrationsFolder: store.migrations,
    undoMs: UNDO_MS,
    apiRoot,
    log,
    now: Date.now,
    onBotState: () => {},
  })
}

async function profiled(office: Office, street: ReturnType<typeof fork>, path: string): Promise<string> {
  const { measures, useCases } = office
  const desk = sitAtDesk(office)
  const invites = Array.from({ length: TECHNICIANS }, (_, index) =>
    useCases.people.invite(`Tech ${String(index)}`),
  )
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US })
  await session.post('Profiler.start')
  const began = performance.now()
  const order: StreetOrder = {
    do: 'live',
    invites: invites.map(({ code }) => code),
    units: doorsOf(office),
    residents: RESIDENTS,
  }
  street.send(order)
  const { calls, untold } = await told(street, 'over')
  const seconds = (performance.now() - began) / 1000
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  desk.leave()
  if (untold > 0) throw new Error(`${String(untold)} residents waited in vain: the figures say nothing`)
  writeFileSync(path, JSON.stringify(profile))
  const figures = { seconds, calls, updates: measures.counter('updates-received'), requests: desk.assigned() }
  return summaryText(figures, summarize(profile), profileOf(measures))
}

function doorsOf({ database }: Office): string[] {
  const codes = database.sqlite.prepare<[], string>(
    'select link_code from units where link_code is not null limit 40',
  )
  return codes.pluck().all()
}

async function told<K extends StreetTold['told']>(
  street: ReturnType<typeof fork>,
  kind: K,
): Promise<Extract<StreetTold, { told: K }>> {
  for (;;) {
    const [message] = (await once(street, 'message')) as [StreetTold]
    // The kind was compared just now.
    if (message.told === kind) return message as Extract<StreetTold, { told: K }>
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
