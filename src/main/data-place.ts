import type { App } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDataFolder } from './settings/environment'
import { claimFolder, type FolderOwner } from './settings/folder-lock'
import { Trouble } from './startup/trouble'
import { claimDataFolder } from './windows/single-instance'

/** The data folder as far as this run of the program has it. */
export type DataPlace = {
  /** Where the program keeps what is its own (log, Chromium's files): the data folder, unless that can't be written. */
  readonly ownFolder: string
  /**
   * Makes the folder and claims it, if that has not been done. Throws a Trouble or what the file system says. With
   * `takeOver`, a lock of another computer is no obstacle.
   */
  readonly claim: (takeOver?: boolean) => void
  readonly release: () => void
}

/** Takes a data folder for this run; null when another run of the same person has it, which is told. */
export function takePlace(
  app: Parameters<typeof claimDataFolder>[0] & Pick<App, 'on'>,
  dataFolder: string,
  onSecondStart: () => void,
): DataPlace | null {
  let claimed: (() => void) | null = null
  const claim = (takeOver = false) => {
    if (claimed !== null) return
    prepareDataFolder(dataFolder)
    const claim = claimFolder(dataFolder, { force: takeOver })
    if (!('release' in claim)) throw new Trouble('in-use', factsOf(claim))
    claimed = claim.release
  }
  const ownFolder = isWritable(dataFolder) ? dataFolder : mkdtempSync(join(tmpdir(), 'facility-dispatcher-'))
  if (!claimDataFolder(app, ownFolder, onSecondStart)) return null
  return {
    ownFolder,
    claim,
    release: () => {
      claimed?.()
      claimed = null
      if (ownFolder !== dataFolder) rmSync(ownFolder, { recursive: true, force: true })
    },
  }
}

function factsOf({ pid, host, user, isHere }: FolderOwner): Trouble['facts'] {
  return { pid, host, user, isHere: Number(isHere) }
}

function isWritable(dataFolder: string): boolean {
  try {
    prepareDataFolder(dataFolder)
    return true
  } catch {
    // The first try to open the data meets the same and says it in the window.
    return false
  }
}
