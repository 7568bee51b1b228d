import { rmSync } from 'node:fs'
import { practiceFolder } from './settings/environment'

/** Throws the practice building away, so that the next opening builds a new one. */
export function clearPractice(dataFolder: string): void {
  rmSync(practiceFolder(dataFolder), { recursive: true, force: true })
}
