import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onPath, root } from './paths.mjs'

const cache = join(root, 'node_modules', '.cache', 'promtool')
const kept = join(cache, 'promtool')
const DOWNLOAD_MS = 120_000

/** @typedef {{ program: string } | { missing: string }} Promtool */

const run = (program, args, cwd) =>
  spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    timeout: DOWNLOAD_MS,
    env: { ...process.env, LC_ALL: 'C' },
  })

/**
 * Prometheus's own checker of rules: the system's, or taken out of Debian's package without installing that, since a
 * server comes with it which would start to listen.
 * @returns {Promtool}
 */
export function findPromtool() {
  const onSystem = onPath('promtool')
  if (onSystem) return { program: 'promtool' }
  if (existsSync(kept)) return { program: kept }
  if (!onPath('apt-get') || !onPath('dpkg-deb')) return { missing: 'promtool is not installed' }
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'download-'))
  try {
    const fetched = run('apt-get', ['download', 'prometheus'], folder)
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'))
    if (fetched.status !== 0 || !archive)
      return { missing: `promtool could not be downloaded: ${(fetched.stderr ?? '').trim().split('\n')[0]}` }
    const unpacked = run('dpkg-deb', ['-x', archive, 'unpacked'], folder)
    if (unpacked.status !== 0) return { missing: `promtool could not be unpacked: ${unpacked.stderr.trim()}` }
    renameSync(join(folder, 'unpacked', 'usr', 'bin', 'promtool'), kept)
    return { program: kept }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
