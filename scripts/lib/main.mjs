import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Something a person can put right: its message is all they need, so it is shown without a stack trace. */
export class Failure extends Error {}

/**
 * Runs a script's main function when Node was started with that script, and not when it is imported.
 * @param {ImportMeta} meta
 * @param {(args: string[]) => Promise<number>} main gives the exit code
 */
export async function runAsMain(meta, main) {
  const started = process.argv[1] && realpathSync(process.argv[1])
  if (started !== fileURLToPath(meta.url)) return
  let code = 1
  try {
    code = await main(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Failure ? `✗ ${error.message}` : error)
  }
  // Nothing that hangs may keep the process; what was printed goes out first.
  process.stdout.write('', () => process.exit(code))
}
