import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BadMigrationFiles } from './errors'

/** How the number of rows of a table may change: exactly so many more or fewer, or in that direction. */
export const RowChange = z.union([z.int(), z.enum(['more', 'fewer', 'any'])])
export type RowChange = z.infer<typeof RowChange>

/** What a migration declares about itself, in the .json beside its SQL. */
export const MigrationMeta = z.strictObject({
  /** additive: only creates. data: also changes rows. rebuild: also drops, renames or rebuilds tables. */
  kind: z.enum(['additive', 'data', 'rebuild']),
  /**
   * Whether the way down works. True: it loses nothing that anybody wrote. lossy: it loses what only the
   * newer version can hold. False: there is none.
   */
  reversible: z.union([z.boolean(), z.literal('lossy')]),
  /** Tables whose content may change although the SQL does not name them, or that lose or gain rows. */
  rowChanges: z.record(z.string(), RowChange).optional(),
  /** The same for the way down; the opposite of rowChanges when it is left out. */
  rowChangesDown: z.record(z.string(), RowChange).optional(),
  /** Fingerprint of all tables after this migration: see fingerprint.ts. */
  schemaAfter: z.string().regex(/^[0-9a-f]{64}$/),
})
export type MigrationMeta = z.infer<typeof MigrationMeta>

/** One migration of the program, complete. */
export type Migration = {
  /** Its number, from 0: the first digits of its file's name. */
  readonly version: number
  /** Its file's name without the extension. */
  readonly name: string
  readonly up: string
  readonly down: string
  readonly upSha256: string
  readonly meta: MigrationMeta
}

/** The hash by which an applied file is recognised; the same for both kinds of line ends, which Git may exchange. */
export function sha256OfSql(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}

const UP_FILE = /^\d{4}_\w+\.sql$/

/** Reads the declaration of a migration. Throws BadMigrationFiles. */
export function parseMeta(name: string, json: string): MigrationMeta {
  try {
    return MigrationMeta.parse(JSON.parse(json))
  } catch (error) {
    throw new BadMigrationFiles([`${name}.json: ${error instanceof Error ? error.message : String(error)}`])
  }
}

/**
 * Makes migrations of the files in the folder, by name. Throws BadMigrationFiles when the numbers have a
 * gap or twins, or a way down or a declaration is missing.
 */
export function parseMigrations(files: Readonly<Record<string, string>>): readonly Migration[] {
  const names = Object.keys(files)
    .filter((file) => UP_FILE.test(file))
    .sort()
    .map((file) => file.slice(0, -'.sql'.length))
  const problems = names.flatMap((name, index) => {
    const missing = [`${name}.down.sql`, `${name}.json`].filter((file) => files[file] === undefined)
    const number = String(index).padStart(4, '0')
    return [
      ...(name.startsWith(number) ? [] : [`${name} stands where number ${number} is expected`]),
      ...missing.map((file) => `${file} is missing`),
    ]
  })
  if (problems.length > 0) throw new BadMigrationFiles(problems)
  const textOf = (file: string) => String(files[file])
  return names.map((name, version) => ({
    version,
    name,
    up: textOf(`${name}.sql`),
    down: textOf(`${name}.down.sql`),
    upSha256: sha256OfSql(textOf(`${name}.sql`)),
    meta: parseMeta(name, textOf(`${name}.json`)),
  }))
}

/** The texts of all files that belong to migrations in a folder, by name. */
export function readMigrationFiles(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => /^\d{4}_\w+(\.down)?\.(sql|json)$/.test(file))
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

/** How many migrations a folder has, without reading them. */
export function countMigrations(folder: string): number {
  return readdirSync(folder).filter((file) => UP_FILE.test(file)).length
}

/** Reads all migrations of a folder, in order. Throws BadMigrationFiles as parseMigrations does. */
export function readMigrations(folder: string): readonly Migration[] {
  return parseMigrations(readMigrationFiles(folder))
}
