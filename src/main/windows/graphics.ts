import { app } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivateFile } from '../settings/private-file'
import type { Log } from '../telemetry/log'

/** While this file is in the data folder the graphics card is not used. */
const FILE = 'without-graphics-card'
/** Chromium starts the process of the graphics card anew by itself; so many failures are not chance. */
const MOST_CRASHES = 2

/** Leaves the graphics card alone when it failed before. Before the app is ready. */
export function spareGraphicsCard(dataFolder: string): void {
  if (existsSync(join(dataFolder, FILE))) app.disableHardwareAcceleration()
}

/** When the process of the graphics card keeps crashing, starts the program anew without it, for good. */
export function surviveGraphicsCrashes(dataFolder: string, log: Log): void {
  let crashes = 0
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return
    crashes += 1
    log.error(
      { reason, exitCode, count: crashes, scope: 'graphics' },
      'The process of the graphics card has gone',
    )
    if (crashes !== MOST_CRASHES || existsSync(join(dataFolder, FILE))) return
    try {
      writePrivateFile(join(dataFolder, FILE), '')
    } catch (error) {
      log.error({ error }, 'That the graphics card fails could not be remembered')
      return
    }
    app.relaunch()
    app.quit()
  })
}
