import { headerPragmas, CREATE_LEDGER, DELETE_APPLIED, INSERT_APPLIED } from './ledger'
import type { Plan, PlannedStep } from './plan'

/** What a script is made of: a plan, and what else is known before it runs. */
export type ScriptOptions = {
  readonly appVersion: string
  /** What goes to the file's folder of backups first; null when the file holds nothing. */
  readonly copyName: string | null
}

/** A value as SQL says it. */
function literal(value: string | number | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function filled(sql: string, values: Readonly<Record<string, string>>): string {
  return sql.replaceAll(/@(\w+)/g, (_, name: string) => values[name] ?? 'null')
}

/** The present and the time taken are known only when it runs: a script can say them in SQL. */
const NOW = "cast(unixepoch('subsec') * 1000 as integer)"

function ledgerStatements(
  { entry }: PlannedStep,
  { appVersion, copyName }: ScriptOptions,
): readonly string[] {
  if (entry.kind === 'down') {
    const deletion = filled(DELETE_APPLIED, { version: String(entry.version) })
    return [deletion, ...headerPragmas(entry.version).map((pragma) => `PRAGMA ${pragma}`)]
  }
  const values = Object.entries({ ...entry.row, appVersion, durationMs: 0, backupFile: copyName })
  const texts = Object.fromEntries(values.map(([name, value]) => [name, literal(value)]))
  return [
    CREATE_LEDGER,
    filled(INSERT_APPLIED, { ...texts, appliedAt: NOW }),
    ...headerPragmas(entry.row.version + 1).map((pragma) => `PRAGMA ${pragma}`),
  ]
}

const remark = (sentence: string) => `-- ${sentence}`
const ended = (statement: string) => (statement.trimEnd().endsWith(';') ? statement : `${statement};`)

function rowPromise({ rowChanges }: PlannedStep): string {
  const declared = Object.entries(rowChanges).map(([table, change]) => {
    return `${table} ${typeof change === 'number' && change > 0 ? '+' : ''}${String(change)}`
  })
  return declared.length === 0
    ? 'every table has as many rows as before'
    : `every table has as many rows as before, except ${declared.join(', ')}`
}

function checksOf(step: PlannedStep): readonly string[] {
  return [
    remark('Checked before the commit; if anything is not so, all of this migration is taken back:'),
    'PRAGMA foreign_key_check;',
    remark('  finds nothing'),
    'PRAGMA integrity_check(1);',
    remark('  says ok'),
    remark(`  ${rowPromise(step)}${step.mayDropTables ? '; tables may go with their rows' : ''}`),
    remark(
      '  every table that is not named above is unchanged, value by value; from 100,000 rows on, in bytes',
    ),
    remark('  no index, trigger or view is gone that is not named above'),
    remark(`  the fingerprint of all tables is ${step.schemaAfter}`),
  ]
}

function linesOfStep(step: PlannedStep, options: ScriptOptions): readonly string[] {
  return [
    '',
    remark(`${step.migration}, ${step.entry.kind}`),
    'PRAGMA foreign_keys = 0;',
    'begin immediate;',
    ...step.statements.map(ended),
    ...checksOf(step),
    ...ledgerStatements(step, options).map(ended),
    'commit;',
    'PRAGMA foreign_keys = 1;',
  ]
}

/** What a run would do, as a script with remarks: what the runner would say to SQLite, and what it would check. */
export function scriptOf(plan: Plan, options: ScriptOptions): readonly string[] {
  if (plan.steps.length === 0) return [remark('Nothing to do.')]
  const { copyName } = options
  return [
    copyName === null
      ? remark('No copy is made first: the database holds nothing.')
      : remark(`First a copy, backups/${copyName}: opened, checked, compared in every value, on the disk.`),
    ...plan.steps.flatMap((step) => linesOfStep(step, options)),
  ]
}
