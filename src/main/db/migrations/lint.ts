import { type Migration, sha256OfSql } from './migration-files'
import { statementsOf, tokensOf } from './sql-text'

/** Begins a line of a file that a tool could write only in part: it says what somebody still has to do. */
export const BY_HAND = '-- BY HAND:'

/** Words that begin a statement which the runner says itself, or which cannot be taken back. */
const FORBIDDEN_STARTS = new Set([
  'pragma',
  'begin',
  'commit',
  'end',
  'rollback',
  'savepoint',
  'release',
  'attach',
  'detach',
  'vacuum',
])

/** Words whose meaning differs at every run, so that two upgrades would not be the same. */
const UNSTEADY_WORDS = new Set(['current_timestamp', 'current_date', 'current_time', "'now'"])
/** Functions that are unsteady when they are given nothing: those of time then mean the present. */
const UNSTEADY_CALLS = new Set([
  'random',
  'changes',
  'total_changes',
  'last_insert_rowid',
  'date',
  'time',
  'datetime',
  'julianday',
  'unixepoch',
])

function isUnsteady(tokens: readonly string[], index: number): boolean {
  const [word = '', open, close] = tokens.slice(index, index + 3)
  if (UNSTEADY_WORDS.has(word)) return true
  if (open !== '(') return false
  // A table may be called so too: there the brackets hold its columns.
  return word === 'randomblob' || (UNSTEADY_CALLS.has(word) && close === ')')
}

function createsLooseTable(tokens: readonly string[]): boolean {
  if (!/^create (temp |temporary )?table /.test(tokens.join(' '))) return false
  const end = tokens.lastIndexOf(')')
  return !tokens.slice(end).includes('strict')
}

function problemsOfStatement(statement: string): readonly string[] {
  const tokens = tokensOf(statement)
  const [first] = tokens
  if (first === undefined) return ['has a statement without SQL']
  const unsteady = tokens.filter((_, index) => isUnsteady(tokens, index))
  return [
    ...(FORBIDDEN_STARTS.has(first) ? [`says ${first}, which is the runner's to say`] : []),
    ...unsteady.map((word) => `uses ${word}, which differs at every run`),
    ...(createsLooseTable(tokens) ? ['creates a table that is not STRICT'] : []),
  ]
}

const KINDS = ['additive', 'data', 'rebuild'] as const

/** What a statement of the way up needs to be declared as. */
function kindOf(statement: string): Migration['meta']['kind'] {
  const words = tokensOf(statement).join(' ')
  if (/^(drop (table|view)|alter table .* (rename|drop)) /.test(words)) return 'rebuild'
  if (/^(insert|replace|update|delete|with|drop) /.test(words)) return 'data'
  return 'additive'
}

/** The kind that a way up has at least. */
export function kindOfUp(up: string): Migration['meta']['kind'] {
  const kinds = statementsOf(up).map((statement) => KINDS.indexOf(kindOf(statement)))
  return KINDS[Math.max(0, ...kinds)] ?? 'additive'
}

/** Everything that a migration's files do against the rules, each as a sentence. */
export function problemsOf({ name, up, down, meta }: Migration): readonly string[] {
  const needed = kindOfUp(up)
  const files = [
    { file: `${name}.sql`, sql: up, statements: statementsOf(up) },
    { file: `${name}.down.sql`, sql: down, statements: statementsOf(down) },
  ]
  return [
    ...files.flatMap(({ file, sql, statements }) => [
      ...(sql.includes(BY_HAND) ? [`${file} still has to be completed by hand`] : []),
      ...(statements.length === 0 ? [`${file} is empty`] : []),
      ...statements.flatMap(problemsOfStatement).map((problem) => `${file} ${problem}`),
    ]),
    ...(KINDS.indexOf(needed) > KINDS.indexOf(meta.kind) ? [`${name}.json must declare kind ${needed}`] : []),
  ]
}

/** The released files that are gone or edited; released gives the hash of each migration's way up, by name. */
export function changedSinceRelease(
  migrations: readonly Migration[],
  released: Readonly<Record<string, string>>,
): readonly string[] {
  const known = new Map(migrations.map(({ name, up }) => [name, sha256OfSql(up)]))
  return Object.entries(released)
    .filter(([name, sha256]) => known.get(name) !== sha256)
    .map(([name]) => `${name}.sql was released and must stay as it is`)
}
