import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './main.mjs'
import { npm } from './npm.mjs'
import { root } from './paths.mjs'

const lockedPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages

/** Whether a package's "os" or "cpu" list (names, or names refused with "!") lets it run here. */
function allows(list, value) {
  if (!list || list.includes(value)) return true
  return list.every((item) => item.startsWith('!')) && !list.includes(`!${value}`)
}

/** Whether node_modules holds what package-lock.json says, for this platform. */
function installedAsLocked() {
  const hidden = 'node_modules/.package-lock.json'
  // npm writes this file last: without it an installation was cut short.
  if (!existsSync(join(root, hidden))) return false
  const installed = lockedPackages(hidden)
  const missing = Object.entries(lockedPackages('package-lock.json')).some(
    ([path, wanted]) => path !== '' && !wanted.optional && installed[path]?.version !== wanted.version,
  )
  if (missing) return false
  return Object.entries(installed).every(
    ([path, { os, cpu }]) =>
      allows(os, process.platform) && allows(cpu, process.arch) && existsSync(join(root, path)),
  )
}

/**
 * The npm packages of package-lock.json, installed when something is missing or out of date.
 * @param {(text: string) => void} busy
 */
export async function ensureNpmPackages(busy) {
  if (installedAsLocked()) return ''
  busy('npm packages: installing (npm ci)')
  // No dependency needs its install script; some would try to compile.
  const { code, output } = await npm([
    'ci',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code !== 0) throw new Failure(`${output}\nnpm ci failed with exit code ${code}: see the lines above`)
  return 'installed'
}
