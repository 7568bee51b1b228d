import {
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { RescueProgress, RescueReport } from '../../shared/model/trouble'
import { openSqlite, type Sqlite } from '../db/connection'
import { damageOfFile } from '../db/damage-of-file'
import { lackOf } from '../db/high-water'
import { settleRestored } from '../db/hold-outgoing'
import { upgrade } from '../db/migrations/migrate'
import { type Migration, readMigrations } from '../db/migrations/migration-files'
import { missingNumbers, type Salvage, salvage } from '../db/salvage/salvage'
import { DATABASE, databasePath, sizeOf } from './data-files'
import { type Header, readHeader } from './header'
import { readMark } from './marks'
import { mendLog } from './mend-log'
import { installDatabase, moveAside } from './move-aside'
import { Trouble } from './trouble'

/** Which data are rescued, and by whom. */
export type RescueOptions = {
  readonly folder: string
  readonly appVersion: string
  readonly migrationsFolder: string
  readonly now: () => number
  readonly onProgress: (progress: RescueProgress) => void
}

const PAGE_SIZE = 4096

/**
 * Reads from a damaged database what can be read, makes again what its journal and the residents' messages tell of,
 * puts it all into a fresh one, checks that, and only then moves the damaged files aside and the fresh one into their
 * place. Messages that waited are held. Throws, and has changed nothing, when there is nothing to be saved or no room
 * for it.
 */
export async function rescue(options: RescueOptions): Promise<RescueReport> {
  const { folder, onProgress, now } = options
  // Never on the damaged files themselves: SQLite would write into them.
  const work = mkdtempSync(join(folder, 'rescuing-'))
  try {
    const made = await fillFresh(work, options)
    onProgress({ step: 'keeping', part: 0 })
    const keptIn = await moveAside(folder, now())
    onProgress({ step: 'swapping', part: 0 })
    await installDatabase(folder, made.path)
    onProgress({ step: 'done', part: 1 })
    return { ...made.report, keptIn }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

type Made = { readonly path: string; readonly report: Omit<RescueReport, 'keptIn'> }

async function fillFresh(work: string, options: RescueOptions): Promise<Made> {
  const { folder, onProgress, now } = options
  const migrations = readMigrations(options.migrationsFolder)
  const path = join(work, 'fresh.db')
  const fresh = openSqlite(path)
  try {
    const damaged = openDamaged(folder, work, options, migrations)
    try {
      bringTo(fresh, versionOf(damaged, migrations), work, options, migrations)
      fresh.pragma('foreign_keys = OFF')
      const saved = await salvage(damaged, fresh, now(), (step, part) => {
        onProgress({ step, part })
      })
      fresh.pragma('foreign_keys = ON')
      if (saved.tables.every(({ read, rebuilt }) => read + rebuilt === 0)) throw new Trouble('damaged')
      const held = settleRestored(fresh, now())
      bringTo(fresh, migrations.length, work, options, migrations)
      onProgress({ step: 'checking', part: 0 })
      const problem = damageOfFile(fresh)
      if (problem !== null) throw new Error(`What was rescued is not sound: ${problem}`)
      return { path, report: reportOf(fresh, saved, held, folder) }
    } finally {
      damaged.close()
    }
  } finally {
    closeIntoOneFile(fresh)
  }
}

/** Opens a copy of the damaged set, so far mended that SQLite takes it for a database. */
function openDamaged(
  folder: string,
  work: string,
  options: RescueOptions,
  migrations: readonly Migration[],
): Sqlite {
  const copy = join(work, DATABASE)
  for (const suffix of ['', '-wal']) {
    const from = databasePath(folder) + suffix
    if (existsSync(from)) copyFileSync(from, copy + suffix, constants.COPYFILE_FICLONE)
  }
  if (!existsSync(copy)) throw new Trouble('missing')
  const header = readHeader(copy)
  mendLog(`${copy}-wal`, header?.pageSize ?? PAGE_SIZE)
  if (header === null) lendFirstPage(copy, work, options, migrations)
  else lengthen(copy, header)
  return openSqlite(copy)
}

/** SQLite refuses a file that is shorter than it says as a whole: what is missing becomes pages of nothing. */
function lengthen(copy: string, { pages, pageSize }: Header): void {
  const wanted = (pages ?? 0) * pageSize
  if ((sizeOf(copy) ?? 0) < wanted) truncateSync(copy, wanted)
}

/**
 * Gives a file whose first page is damaged that of a fresh database: it lists the tables and where they begin, which
 * is the same in files that were made by the same migrations. Where it is not, the rows do not fit and are left out.
 */
function lendFirstPage(
  copy: string,
  work: string,
  options: RescueOptions,
  migrations: readonly Migration[],
): void {
  const path = join(work, 'lender.db')
  const lender = openSqlite(path)
  bringTo(lender, migrations.length, work, options, migrations)
  closeIntoOneFile(lender)
  const bytes = readFileSync(copy)
  if (bytes.length < PAGE_SIZE) throw new Trouble('not-a-database')
  readFileSync(path).copy(bytes, 0, 0, PAGE_SIZE)
  bytes.writeUInt32BE(Math.floor(bytes.length / PAGE_SIZE), 28)
  // No list of free pages: it is that of the other file.
  bytes.fill(0, 32, 40)
  writeFileSync(copy, bytes)
}

/** How many migrations the damaged file has had; those of this program when it can't tell any more. */
function versionOf(damaged: Sqlite, migrations: readonly Migration[]): number {
  try {
    const count = Number(damaged.pragma('user_version', { simple: true }))
    return count > 0 && count <= migrations.length ? count : migrations.length
  } catch {
    return migrations.length
  }
}

function bringTo(
  sqlite: Sqlite,
  to: number,
  work: string,
  { appVersion, now }: RescueOptions,
  migrations: readonly Migration[],
): void {
  upgrade(sqlite, { migrations, appVersion, now, copyTo: join(work, 'copies'), to })
}

function reportOf(
  fresh: Sqlite,
  { tables, fromMessages }: Salvage,
  held: number,
  folder: string,
): Made['report'] {
  const { count, first } = missingNumbers(fresh)
  const mark = readMark(folder)
  const lack = mark === null ? null : lackOf(fresh, mark)
  return {
    tables: [...tables],
    missingNumbers: [...first],
    missing: count,
    fromMessages,
    held,
    lostChanges: lack?.changes ?? 0,
  }
}

/** Moves everything into the file itself, so that it can be renamed alone. */
function closeIntoOneFile(sqlite: Sqlite): void {
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  sqlite.close()
}
