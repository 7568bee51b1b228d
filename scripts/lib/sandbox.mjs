import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { electronProgram } from '../ensure-electron.mjs'

/** The helper that sets the sandbox up where user namespaces are refused must belong to root, with its bit set. */
function hasSetuidHelper() {
  const helper = statSync(join(dirname(electronProgram()), 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper?.uid === 0 && (helper.mode & 0o4000) !== 0
}

const canMakeNamespaces = () =>
  spawnSync('unshare', ['--user', '--map-root-user', '--net', 'true'], { stdio: 'ignore' }).status === 0

/**
 * Whether Chromium's sandbox works here. Not for root, and not for a plain user where the kernel or a container
 * refuses user namespaces, as Ubuntu does since 23.10: there Electron would end at once.
 */
export function sandboxWorks() {
  if (process.platform !== 'linux') return true
  return process.getuid() !== 0 && (canMakeNamespaces() || hasSetuidHelper())
}

/** What to start Electron with before the program's own arguments. */
export function sandboxArguments() {
  return sandboxWorks() ? [] : ['--no-sandbox']
}
