import { setUp } from './set-up.mjs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { withDisplay } from './with-display.mjs'

const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')

/**
 * Runs the end-to-end tests against what is built, on a display of their own.
 * @param {string[]} args for Playwright
 * @param {NodeJS.ProcessEnv} [extra] variables to add
 * @returns {Promise<number>} the exit code
 */
export async function runE2e(args, extra = {}) {
  const { code } = await withDisplay(
    (env) => run(process.execPath, [playwright, 'test', ...args], { env: { ...env, ...extra } }),
    { own: true },
  )
  return code
}

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: true })
  await build()
  return runE2e(args)
})
