import './lib/node-version.mjs'
import { electronProgram, ensureElectron } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { run } from './lib/run.mjs'

/**
 * Runs a script on Electron's own Node: the version and the native modules of the program itself.
 * @param {string[]} args the script and its arguments
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export async function electronNode(args, env = process.env) {
  const { code } = await run(electronProgram(), args, { env: { ...env, ELECTRON_RUN_AS_NODE: '1' } })
  return code
}

await runAsMain(import.meta, async (args) => {
  if (args.length === 0) throw new Failure('usage: node scripts/electron-node.mjs <script> [arguments]')
  await ensureElectron(console.error)
  return electronNode(args)
})
