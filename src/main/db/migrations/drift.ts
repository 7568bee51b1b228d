import { openSqlite, type Sqlite } from '../connection'
import { MigrationError } from './errors'
import { EMPTY_SCHEMA, type SchemaObject, schemaFingerprint, schemaObjects } from './fingerprint'
import { checkHistory } from './ledger'
import { changedSinceRelease, problemsOf } from './lint'
import type { Migration } from './migration-files'
import { finishedStatementsOf } from './sql-text'

/** Runs the work on a database in memory that so many migrations have made, without the runner's checks. */
export function withTables<T>(migrations: readonly Migration[], work: (sqlite: Sqlite) => T): T {
  const sqlite = openSqlite(':memory:')
  sqlite.pragma('foreign_keys = OFF')
  try {
    for (const statement of migrations.flatMap(({ up }) => finishedStatementsOf(up)))
      sqlite.prepare(statement).run()
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

/** Names the tables, indexes, triggers and views that two databases do not share, or not in the same words. */
export function differingObjects(found: Sqlite, expected: Sqlite): readonly string[] {
  const key = ({ type, name }: SchemaObject) => `${type} ${name}`
  const sqlOf = (sqlite: Sqlite) =>
    new Map(schemaObjects(sqlite).map((object) => [key(object), object.sql] as const))
  const [is, ought] = [sqlOf(found), sqlOf(expected)]
  return [...new Set([...is.keys(), ...ought.keys()])].sort().flatMap((name) => {
    if (!ought.has(name)) return [`${name} should not be there`]
    if (!is.has(name)) return [`${name} is missing`]
    return is.get(name) === ought.get(name) ? [] : [`${name} is defined differently`]
  })
}

function brokenPromises(migrations: readonly Migration[]): readonly string[] {
  return withTables([], (sqlite) =>
    migrations.flatMap(({ name, up, meta }) => {
      for (const statement of finishedStatementsOf(up)) sqlite.prepare(statement).run()
      const isKept = schemaFingerprint(sqlite) === meta.schemaAfter
      return isKept ? [] : [`${name}.json promises other tables than its SQL makes`]
    }),
  )
}

/** Whether the way down of the last of these migrations leads back to the tables before it. */
export function wayBackProblem(migrations: readonly Migration[]): readonly string[] {
  const last = migrations.at(-1)
  if (last === undefined || last.meta.reversible === false) return []
  const before = migrations.at(-2)?.meta.schemaAfter ?? EMPTY_SCHEMA
  return withTables(migrations, (sqlite) => {
    try {
      for (const statement of finishedStatementsOf(last.down)) sqlite.prepare(statement).run()
    } catch (error) {
      return [`${last.name}.down.sql cannot be run: ${String(error)}`]
    }
    if (schemaFingerprint(sqlite) === before) return []
    return [`${last.name}.down.sql does not lead back to the tables before it`]
  })
}

/**
 * Everything that a folder of migration files says wrongly about itself, as sentences. Released: the hashes of
 * those that may not change any more, by name.
 */
export function driftOfFiles(
  migrations: readonly Migration[],
  released: Readonly<Record<string, string>>,
): readonly string[] {
  return [
    ...migrations.flatMap(problemsOf),
    ...changedSinceRelease(migrations, released),
    ...brokenPromises(migrations),
    ...migrations.flatMap((_, index) => wayBackProblem(migrations.slice(0, index + 1))),
  ]
}

/** How a live database differs from what the migrations say, as sentences. */
export function driftOfDatabase(sqlite: Sqlite, migrations: readonly Migration[]): readonly string[] {
  try {
    const applied = checkHistory(sqlite, migrations).length
    const behind = migrations.slice(applied).map(({ name }) => `${name} has not been run`)
    return [
      ...behind,
      ...withTables(migrations.slice(0, applied), (expected) =>
        schemaFingerprint(sqlite) === schemaFingerprint(expected) ? [] : differencesOrElse(sqlite, expected),
      ),
    ]
  } catch (error) {
    if (error instanceof MigrationError) return [error.message]
    throw error
  }
}

function differencesOrElse(found: Sqlite, expected: Sqlite): readonly string[] {
  const named = differingObjects(found, expected)
  return named.length > 0 ? named : ['the tables are not those of its version']
}
