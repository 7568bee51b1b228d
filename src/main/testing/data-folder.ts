import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestId } from '../../shared/model/ids'
import { createDeps, createUseCases } from '../office'
import { prepareDataFolder } from '../settings/environment'
import { type GuardedDatabase, openGuarded } from '../startup/guarded-database'
import { guardedOptions } from './guarded-options'

/** A new data folder in the place for temporary files. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-folder-'))
  prepareDataFolder(folder)
  return folder
}

/** Writes so many requests into a database and returns their ids. */
export function addRequests(database: GuardedDatabase, count: number): RequestId[] {
  const { dispatching, people } = createUseCases(createDeps(database, Date.now, 0))
  people.ensureManager()
  return Array.from({ length: count }, (_, index) => {
    const description = `Water drips from the ceiling of room ${String(index + 1)}`
    const place = 'Linden Court, flat 12'
    const given = { description, place, unitId: null, reporterName: null, priority: 'MEDIUM' } as const
    return dispatching.create(given).request.id
  })
}

/** A folder with so many requests, closed in order. */
export function furnishedFolder(count: number): string {
  const folder = newDataFolder()
  const database = openGuarded(guardedOptions(folder))
  addRequests(database, count)
  database.close()
  return folder
}

/**
 * A folder as a killed program leaves it: so many requests are in the file, and so many more only in its log. The
 * marks know of all of them.
 */
export async function killedFolder(inFile: number, inLog: number): Promise<string> {
  const folder = furnishedFolder(inFile)
  const database = openGuarded(guardedOptions(folder))
  addRequests(database, inLog)
  await database.keeper.settled()
  const killed = mkdtempSync(join(tmpdir(), 'data-killed-'))
  cpSync(folder, killed, { recursive: true })
  database.close()
  rmSync(folder, { recursive: true })
  return killed
}

/** A digest of every file of a folder that is there, by name; to see that nothing was changed or removed. */
export function digestsOf(folder: string, names: readonly string[]): Readonly<Record<string, string>> {
  const present = names.filter((name) => existsSync(join(folder, name)))
  return Object.fromEntries(
    present.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}
