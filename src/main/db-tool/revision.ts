import { resolve } from 'node:path'
import { type Command, UsageError } from '../command-line/command'
import type { ToolDeps } from './deps'
import { placeOptions } from './open'

/** This is not the development tree. */
class DevelopmentOnly extends Error {
  override readonly name = 'DevelopmentOnly'
  readonly code = 'development-only'
}

/** Writes a new migration. */
export function revisionCommand(deps: ToolDeps): Command {
  return {
    name: 'revision',
    summary: 'Write a new migration, up and down (in the development tree)',
    details: [
      'drizzle-kit writes the way up from the difference between the code and the last migration. The way down is',
      'made from the reversed difference and tried. Where it cannot be made, its file says so in a line beginning',
      'with "-- BY HAND:", and until somebody has completed it and removed that line, the check fails.',
    ],
    args: [],
    options: [
      { name: 'message', short: 'm', value: 'words', summary: 'what changes; becomes the name of the files' },
      { name: 'custom', summary: 'an empty one, to be written by hand' },
      ...placeOptions(deps).filter(({ name }) => name === 'migrations'),
    ],
    run: async (call) => {
      const { development } = deps
      if (development === null)
        throw new DevelopmentOnly(
          'Migrations are written in the development tree, with npm run db -- revision',
        )
      const message = call.values.get('message')?.trim() ?? ''
      if (!/[a-z]/i.test(message)) throw new UsageError('revision needs -m "what changes", in Latin letters')
      const migrationsFolder = resolve(call.values.get('migrations') ?? deps.migrationsFolder)
      const isByHand = call.switches.has('custom')
      const { files, toDo } = await development.revise({ migrationsFolder, message, isByHand })
      return {
        isGood: true,
        lines:
          files.length === 0
            ? ['Nothing to write: the migrations make the tables of the code already']
            : [
                ...files.map((file) => `Wrote ${file}`),
                ...toDo.map((sentence) => `To do: ${sentence}`),
                'Look at what was written, then run npm run db -- check',
              ],
        data: { files, toDo },
      }
    },
  }
}
