import type { App } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Claims a data folder for this run of the program; false when another run has it, which is then told.
 * Chromium's own files go into a part of the folder, and its lock with them, so the practice building and
 * real data never block each other. Only before the app is ready.
 */
export function claimDataFolder(
  app: Pick<App, 'setPath' | 'requestSingleInstanceLock' | 'on'>,
  dataFolder: string,
  onSecondStart: () => void,
): boolean {
  const folder = join(dataFolder, 'browser')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  if (!app.requestSingleInstanceLock()) return false
  // What the second run was started with is not looked at: anybody can start it with anything.
  app.on('second-instance', onSecondStart)
  return true
}
