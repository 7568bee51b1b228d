import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Empty folders in place of the person's settings, caches and data, which may not even be writable.
 * @returns {{ variables: Record<string, string>, remove: () => void }}
 */
export function makeOwnHome() {
  const folder = mkdtempSync(join(tmpdir(), 'facility-dispatcher-home-'))
  const inside = (name) => {
    const path = join(folder, name)
    mkdirSync(path)
    return path
  }
  return {
    variables: {
      XDG_CONFIG_HOME: inside('config'),
      XDG_CACHE_HOME: inside('cache'),
      XDG_DATA_HOME: inside('data'),
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}
