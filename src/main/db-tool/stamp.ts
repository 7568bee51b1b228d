import { type Command, type Terminal, UsageError } from '../command-line/command'
import { stamp } from '../db/migrations/stamp'
import { countAt, nameAt } from '../db/migrations/target'
import type { ToolDeps } from './deps'
import { placeOf, placeOptions, writing } from './open'
import { progressTo } from './progress'
import { runOptions } from './run-options'

/** The answer to the question was no. */
class Declined extends Error {
  override readonly name = 'Declined'
  readonly code = 'declined'
}

async function askFirst(terminal: Terminal, name: string, file: string): Promise<void> {
  const question = `Write into ${file} that it is at ${name}, without running anything?`
  const answer = terminal.confirm(question)
  if (answer === null) throw new UsageError('stamp needs --yes where nobody can be asked')
  if (!(await answer)) throw new Declined('Nothing was changed')
}

/** Corrects what a file says of itself. */
export function stampCommand(deps: ToolDeps): Command {
  return {
    name: 'stamp',
    summary: 'Write into the database which version it is at, running nothing',
    details: [
      'For a list of migrations inside the file that is damaged or lost. It is refused unless the tables are',
      'those of that version, asks first, and makes a verified copy.',
    ],
    args: [{ name: 'version', summary: 'head, base, a number or the beginning of a name', isRequired: true }],
    options: [...placeOptions(deps), { name: 'yes', short: 'y', summary: 'do not ask' }],
    run: async (call, terminal) => {
      const place = placeOf(call, deps)
      const names = place.migrations.map(({ name }) => name)
      const [word = ''] = call.args
      if (/^[+-]/.test(word)) throw new UsageError('stamp needs a version, not a number of steps')
      const to = countAt(word, { names, applied: 0 })
      const name = nameAt(to, names)
      if (!call.switches.has('yes')) await askFirst(terminal, name, place.file)
      return writing(place, { mayCreate: false }, (sqlite) => {
        const onProgress = progressTo(terminal)
        const { backupFile } = stamp(sqlite, { ...runOptions(place, deps), to, onProgress })
        return {
          isGood: true,
          lines: [
            `The database says now that it is at ${name}`,
            ...(backupFile === null ? [] : [`Copy made before: backups/${backupFile}`]),
          ],
          data: { file: place.file, current: to === 0 ? null : name, applied: to, backupFile },
        }
      })
    },
  }
}
