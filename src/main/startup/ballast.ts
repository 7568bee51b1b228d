import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ballast } from './disk-watch'

/** Room for what is on its way when the disk is full, in bytes. */
export const BALLAST_BYTES = 8 * 1024 * 1024
const NAME = 'ballast.bin'
const PIECE = 1024 * 1024

/** The ballast of a data folder. Its bytes are random, so that no file system can store them in less room. */
export function createBallast(folder: string): Ballast {
  const path = join(folder, NAME)
  let taking: Promise<void> | null = null
  const take = async () => {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    )
    if (size === BALLAST_BYTES) return
    await write(path)
  }
  return {
    take: () => {
      taking ??= take().finally(() => {
        taking = null
      })
      return taking
    },
    free: () => {
      try {
        rmSync(path)
        return true
      } catch {
        // Given up already.
        return false
      }
    },
  }
}

async function write(path: string): Promise<void> {
  const draft = `${path}.new`
  try {
    const file = await open(draft, 'w', 0o600)
    try {
      for (let written = 0; written < BALLAST_BYTES; written += PIECE)
        await file.writeFile(randomBytes(PIECE))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
