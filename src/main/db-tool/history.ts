import type { Command } from '../command-line/command'
import { BadTarget } from '../db/migrations/errors'
import { type DatabaseStatus, type HistoryEntry, statusOf } from '../db/migrations/status'
import { countAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { placeOf, placeOptions, reading } from './open'

const REMARKS: Readonly<Record<HistoryEntry['file'], string | null>> = {
  same: null,
  changed: 'differs from the one in this program',
  unknown: 'not in this program',
}

function wayBack({ reversible }: HistoryEntry): string {
  if (reversible === 'lossy') return 'taking it back loses data'
  return reversible ? 'can be taken back' : 'cannot be taken back'
}

function marksOf({ version }: HistoryEntry, { applied, known }: DatabaseStatus): string {
  const marks = [...(version === known - 1 ? ['head'] : []), ...(version === applied - 1 ? ['current'] : [])]
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`
}

function linesOf(entry: HistoryEntry, status: DatabaseStatus, isVerbose: boolean): readonly string[] {
  const state = entry.applied === null ? 'pending' : 'applied'
  const remark = REMARKS[entry.file]
  const first = `${state}  ${entry.name}${marksOf(entry, status)}${remark === null ? '' : `: ${remark}`}`
  if (!isVerbose) return [first]
  const { applied } = entry
  return [
    first,
    `         ${entry.kind}, ${wayBack(entry)}`,
    ...(applied === null
      ? []
      : [
          `         ${new Date(applied.appliedAt).toISOString()} by version ${applied.appVersion}, in ${String(applied.durationMs)} ms`,
          `         copy made before: ${applied.backupFile ?? 'none'}`,
        ]),
  ]
}

/** The part of the history that "from:to" names, either of which may be left out. */
function rangeOf(range: string, { history, applied }: DatabaseStatus): readonly HistoryEntry[] {
  const [from = '', to = '', ...more] = range.split(':')
  if (!range.includes(':') || more.length > 0)
    throw new BadTarget(`A range is written <from>:<to>, not "${range}"`)
  const versions = { names: history.map(({ name }) => name), applied }
  const end = to === '' ? history.length : countAt(to, versions)
  // "base" is before the first; any other version is meant to be in the list.
  const start = from === '' ? 0 : Math.max(0, countAt(from, versions) - 1)
  return history.slice(start, end)
}

/** All migrations, the newest first. */
export function historyCommand(deps: ToolDeps): Command {
  return {
    name: 'history',
    summary: 'List all migrations, the newest first, and which of them the database has had',
    args: [],
    options: [
      ...placeOptions(deps),
      { name: 'range', short: 'r', value: 'from:to', summary: 'only these, such as 0001:head' },
      { name: 'verbose', short: 'v', summary: 'also when, by which version, and with which copy' },
    ],
    run: (call) => {
      const place = placeOf(call, deps)
      return reading(place, (sqlite) => {
        const status = statusOf(sqlite, place.migrations)
        const shown = rangeOf(call.values.get('range') ?? ':', status).toReversed()
        return {
          isGood: true,
          lines: shown.flatMap((entry) => linesOf(entry, status, call.switches.has('verbose'))),
          data: { file: place.file, history: shown, problem: status.problem },
        }
      })
    },
  }
}
