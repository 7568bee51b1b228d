import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { openOffice } from '../../src/main/office'
import { type FileStore, memoryFileStore } from '../../src/main/practice/simulator/files'
import type { FloodLimits } from '../../src/main/practice/simulator/flood'
import type { Person } from '../../src/main/practice/simulator/phone'
import type { Simulator } from '../../src/main/practice/simulator/simulator'
import { startSimulator } from '../../src/main/practice/simulator/start-simulator'
import type { SimulatorState } from '../../src/main/practice/simulator/state'
import { createLog } from '../../src/main/telemetry/log'
import { createRedactor } from '../../src/main/telemetry/redact'
import { MIGRATIONS, until } from './child'
import { digestsOf, type Digests } from './digests'
import { type Resident, residentOf } from './residents'

/** Telegram id of the one technician. */
export const TECHNICIAN = 400
/** Words and names that must stand in no log and in no name of a file. */
export const HISTORY_WORDS = 'Canary-history'

/** A house with people in it, an office folder, and Telegram. */
export type Scene = {
  readonly folder: string
  readonly simulator: Simulator
  /** The bytes of the files that people sent. */
  readonly files: FileStore
  readonly residents: readonly Resident[]
  readonly unitCode: string
  /** What must be unchanged at the end. */
  readonly untouched: Digests
  /** Every token the bot has had. */
  readonly tokens: Set<string>
  readonly query: (sql: string) => unknown[][]
  readonly close: (options?: { readonly keepFolder?: boolean }) => Promise<void>
}

type Template = {
  readonly present: ReadonlyMap<string, Buffer>
  readonly state: SimulatorState
  readonly unitCode: string
  readonly untouched: Digests
}

let template: Promise<Template> | undefined

/** Sets a fresh scene. `parent` is where the folder is made. */
export async function openScene(options: {
  readonly residents: number
  /** Begin with an empty folder: nobody has ever used the program. */
  readonly isEmpty?: boolean
  readonly parent?: string
  readonly floodLimits?: FloodLimits
  readonly now?: () => number
}): Promise<Scene> {
  template ??= prepare()
  const { present, state, unitCode, untouched } = await template
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), 'faults-'))
  if (options.isEmpty !== true) layOut(folder, present)
  const { floodLimits, now } = options
  const files = memoryFileStore()
  const simulator = await startSimulator({
    state,
    files,
    ...(floodLimits === undefined ? {} : { floodLimits }),
    ...(now === undefined ? {} : { now }),
  })
  const residents = Array.from({ length: options.residents }, (_, index) => residentOf(simulator, index))
  return {
    folder,
    simulator,
    files,
    residents,
    unitCode,
    untouched: options.isEmpty === true ? new Map() : untouched,
    tokens: new Set([simulator.token]),
    query: (sql) => queryFolder(folder, sql),
    close: async ({ keepFolder = false } = {}) => {
      await simulator.stop()
      if (!keepFolder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Rows of a query on the folder's database, on a connection that writes nothing. */
export function queryFolder(folder: string, sql: string): unknown[][] {
  const sqlite = new BetterSqlite3(join(folder, 'dispatcher.db'), { readonly: true, timeout: 2_000 })
  try {
    return sqlite.prepare(sql).raw().all() as unknown[][]
  } finally {
    sqlite.close()
  }
}

/** Whether everything that came in is handled and everything that can go out has gone out. */
export function isAtRest(folder: string, simulator: Simulator): boolean {
  if (simulator.pendingUpdates().length > 0) return false
  const [[waiting] = []] = queryFolder(
    folder,
    `select (select count(*) from inbox where state = 'new')
       + (select count(*) from outbox where state in ('pending', 'sending'))
       + (select count(*) from downloads where state = 'waiting')`,
  )
  return waiting === 0
}

/** Every file below a folder, by its path relative to it. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (statSync(path).isFile() && !name.endsWith('-shm'))
      files.set(relative(folder, path), readFileSync(path))
  }
  return files
}

/** Writes files, by relative path, into a folder. */
export function layOut(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, bytes, { mode: 0o600 })
  }
}

/** Opens the whole office in this process, as the program does. */
export function openOfficeHere(
  folder: string,
  simulator: Simulator,
  options: { readonly token?: string; readonly onState?: (kind: string) => void } = {},
): ReturnType<typeof openOffice> {
  const redactor = createRedactor()
  redactor.addSecret(options.token ?? simulator.token)
  return openOffice({
    folder,
    appVersion: '0.1.0',
    migrationsFolder: MIGRATIONS,
    undoMs: 0,
    apiRoot: simulator.apiRoot,
    log: createLog({
      folder: join(folder, 'logs'),
      level: 'debug',
      console: false,
      redactor,
      version: 'test',
    }),
    now: Date.now,
    onBotState: (state) => options.onState?.(state.kind),
  })
}

/** Once for all scenes: a building with 40 flats, a technician, and some requests of the past. */
async function prepare(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-template-'))
  const simulator = await startSimulator()
  try {
    const office = openOfficeHere(folder, simulator)
    const { places, people, dispatching, commenting } = office.useCases
    const building = places.addBuilding({ name: 'Linden Court', address: 'Lindenstrasse 5' })
    places.addUnits(
      building,
      Array.from({ length: 40 }, (_, index) => `flat ${index + 1}`),
      'unit',
    )
    const PAST = { place: 'Cellar', unitId: null, reporterName: HISTORY_WORDS, priority: 'MEDIUM' as const }
    const past = Array.from({ length: 5 }, (_, index) =>
      dispatching.create({ ...PAST, description: `${HISTORY_WORDS} ${index}` }),
    )
    for (const {
      request: { id },
    } of past) {
      commenting.fromDesk(id, `${HISTORY_WORDS} note`, 'internal')
      dispatching.decline(id, `${HISTORY_WORDS} reason`)
    }
    const technician = addTechnician(simulator)
    technician.start(`inv_${people.invite('Marek').code}`)
    await office.telegram.engine.start(simulator.token)
    await until('the technician has joined', () => isAtRest(folder, simulator))
    await office.close()
    const [[unitCode] = []] = queryFolder(folder, "select link_code from units where name = 'flat 34'")
    return {
      present: filesBelow(folder),
      state: simulator.snapshot(),
      unitCode: String(unitCode),
      untouched: digestsOf(folder),
    }
  } finally {
    await simulator.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function addTechnician(simulator: Simulator): Person {
  return simulator.people.addPerson({ id: TECHNICIAN, first_name: 'Marek' })
}
