import type { App } from 'electron'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claimDataFolder } from './single-instance'

test.each([true, false])('the lock belongs to the data folder (got it: %s)', (free) => {
  const folder = mkdtempSync(join(tmpdir(), 'claim-'))
  const calls: string[] = []
  const note = (name: string) => (what?: unknown) => void calls.push(`${name} ${String(what)}`)
  const app = {
    setPath: note('setPath'),
    on: note('on'),
    requestSingleInstanceLock: () => {
      calls.push(`lock, folder there: ${String(existsSync(join(folder, 'browser')))}`)
      return free
    },
  }
  // The three members above are all that is used.
  const claimed = claimDataFolder(app as unknown as App, folder, () => undefined)
  const mode = statSync(join(folder, 'browser')).mode & 0o777
  rmSync(folder, { recursive: true })
  expect({ claimed, mode, calls }).toEqual({
    claimed: free,
    mode: 0o700,
    calls: ['setPath userData', 'lock, folder there: true', ...(free ? ['on second-instance'] : [])],
  })
})
