import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { canWrite } from './paths.mjs'
import { run } from './run.mjs'

/** The npm that started this script, or the one in PATH. */
function npmCommand() {
  const script = process.env.npm_execpath
  if (script && basename(script) === 'npm-cli.js')
    return { command: process.execPath, first: [script], shell: false }
  const windows = process.platform === 'win32'
  return { command: windows ? 'npm.cmd' : 'npm', first: [], shell: windows }
}

/**
 * Runs npm in the project folder without showing its output. Works where the home is read-only, too.
 * @param {string[]} args
 */
export async function npm(args) {
  const { command, first, shell } = npmCommand()
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  const scratch = canWrite(cache) ? undefined : mkdtempSync(join(tmpdir(), 'npm-cache-'))
  const env = {
    ...process.env,
    npm_config_cache: scratch ?? cache,
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
  }
  delete env.FORCE_COLOR
  try {
    return await run(command, [...first, ...args], { env, shell, quiet: true, group: true })
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
  }
}
