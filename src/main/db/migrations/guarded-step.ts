import type { Sqlite } from '../connection'
import { countRows, sketchOf, tablesOf } from './content'
import { type FailureReason, MigrationError, MigrationFailed } from './errors'
import { schemaFingerprint, schemaObjects, type SchemaObject } from './fingerprint'
import type { RowChange } from './migration-files'
import { tokensOf } from './sql-text'

/** Where one migration stands. Each is told before it begins; committed after. */
export type TransactionStep = 'begun' | 'statement' | 'checking' | 'recording' | 'committing' | 'committed'

/** One migration, up or down, with what it promises. */
export type GuardedStep = {
  readonly migration: string
  readonly statements: readonly string[]
  readonly rowChanges: Readonly<Record<string, RowChange>>
  /** True when tables may vanish with their rows: a way down that is declared lossy. */
  readonly mayDropTables: boolean
  readonly schemaAfter: string
  /** Notes it in the ledger; given the time it took until then, in ms. */
  readonly record: (durationMs: number) => void
  readonly onStep: (step: TransactionStep) => void
}

type Seen = {
  readonly rows: ReadonlyMap<string, number>
  readonly sketches: ReadonlyMap<string, string>
  readonly objects: readonly SchemaObject[]
}

/** A number that changes when another connection has written to the file. */
export function dataVersionOf(sqlite: Sqlite): unknown {
  return sqlite.pragma('data_version', { simple: true })
}

function rowsOfAll(sqlite: Sqlite): ReadonlyMap<string, number> {
  return new Map(tablesOf(sqlite).map((table) => [table, countRows(sqlite, table)]))
}

/** What must be the same afterwards: all that the migration neither names nor declares. */
function lookAround(sqlite: Sqlite, step: GuardedStep): Seen {
  const named = new Set(step.statements.flatMap(tokensOf))
  const untouched = tablesOf(sqlite).filter(
    (table) => !named.has(table.toLowerCase()) && step.rowChanges[table] === undefined,
  )
  return {
    rows: rowsOfAll(sqlite),
    sketches: new Map(untouched.map((table) => [table, sketchOf(sqlite, table)])),
    objects: schemaObjects(sqlite).filter(
      ({ type, name }) => type !== 'table' && !named.has(name.toLowerCase()),
    ),
  }
}

function isDeclared(change: RowChange | undefined, difference: number): boolean {
  switch (change) {
    case 'any':
      return true
    case 'more':
      return difference >= 0
    case 'fewer':
      return difference <= 0
    default:
      return difference === (change ?? 0)
  }
}

function failed(step: GuardedStep, reason: FailureReason, detail: string): never {
  throw new MigrationFailed({ migration: step.migration, reason }, detail)
}

function checkSoundness(sqlite: Sqlite, step: GuardedStep): void {
  const orphans = sqlite.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = orphans
  if (first)
    failed(
      step,
      'orphans',
      `${String(orphans.length)} rows point at rows that are not there, the first from ${first.table} to ${first.parent}`,
    )
  const integrity = sqlite.pragma('integrity_check(1)', { simple: true })
  if (integrity !== 'ok') failed(step, 'integrity', String(integrity))
}

function checkRows(sqlite: Sqlite, step: GuardedStep, before: Seen['rows']): void {
  const after = rowsOfAll(sqlite)
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    if (step.mayDropTables && !after.has(table)) continue
    const difference = (after.get(table) ?? 0) - (before.get(table) ?? 0)
    if (!isDeclared(step.rowChanges[table], difference))
      failed(step, 'row-count', `table ${table} has ${String(difference)} rows more than before`)
  }
}

function checkUntouched(sqlite: Sqlite, step: GuardedStep, before: Seen): void {
  for (const [table, sketch] of before.sketches) {
    if (sketchOf(sqlite, table) !== sketch)
      failed(step, 'untouched-table', `table ${table} was changed without being named`)
  }
  const after = schemaObjects(sqlite)
  for (const { type, name, table } of before.objects) {
    // What belongs to a dropped table goes with it.
    const isWanted = after.some((object) => object.name === table)
    // A rebuilt table silently loses its triggers.
    if (isWanted && !after.some((object) => object.name === name))
      failed(step, 'lost-object', `${type} ${name} is gone without being named`)
  }
}

function runStatements(sqlite: Sqlite, step: GuardedStep): void {
  for (const [index, statement] of step.statements.entries()) {
    step.onStep('statement')
    try {
      // Prepared, because this refuses a second statement in the same piece.
      sqlite.prepare(statement).run()
      if (!sqlite.inTransaction) throw new Error('the statement ended the transaction')
    } catch (cause) {
      const at = { migration: step.migration, reason: 'statement', statement: index + 1 } as const
      throw new MigrationFailed(at, String(cause), { cause })
    }
  }
}

function insideTransaction(sqlite: Sqlite, step: GuardedStep, dataVersion: unknown): void {
  const started = performance.now()
  if (dataVersionOf(sqlite) !== dataVersion)
    failed(step, 'meanwhile', 'another program has written to the database')
  step.onStep('begun')
  const before = lookAround(sqlite, step)
  runStatements(sqlite, step)
  step.onStep('checking')
  checkSoundness(sqlite, step)
  checkRows(sqlite, step, before.rows)
  checkUntouched(sqlite, step, before)
  if (schemaFingerprint(sqlite) !== step.schemaAfter)
    failed(step, 'schema', 'the tables are not those that the migration promises')
  step.onStep('recording')
  step.record(Math.round(performance.now() - started))
  step.onStep('committing')
}

function setForeignKeys(sqlite: Sqlite, on: 0 | 1): void {
  sqlite.pragma(`foreign_keys = ${String(on)}`)
  if (sqlite.pragma('foreign_keys', { simple: true }) !== on)
    throw new Error('SQLite did not switch foreign keys: a transaction is open')
}

/**
 * Runs one migration as one transaction and keeps it only when every check holds. The data version is that of
 * the copy: see dataVersionOf. Throws MigrationFailed, after which the file holds what it held before.
 */
export function runGuarded(sqlite: Sqlite, step: GuardedStep, dataVersion: unknown): void {
  // SQLite ignores this pragma inside a transaction, and a rebuilt table would then take the rows that
  // refer to it along (drizzle-orm#5782).
  setForeignKeys(sqlite, 0)
  try {
    sqlite.exec('begin immediate')
    insideTransaction(sqlite, step, dataVersion)
    sqlite.exec('commit')
  } catch (cause) {
    // SQLite has already rolled back by itself on errors such as a full disk.
    if (sqlite.inTransaction) sqlite.exec('rollback')
    if (cause instanceof MigrationError) throw cause
    const at = { migration: step.migration, reason: 'storage' } as const
    throw new MigrationFailed(at, String(cause), { cause })
  } finally {
    setForeignKeys(sqlite, 1)
  }
  step.onStep('committed')
}
