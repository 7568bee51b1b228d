import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FileStore } from './simulator/files'
import type { SimulatorState } from './simulator/state'

const CONTENT_ID = /^[0-9a-f]{64}$/u

/** Keeps the files of the simulated Telegram in a folder, by the hash of their content. */
export function folderFileStore(folder: string): FileStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    put: (id, bytes) => {
      const part = join(folder, `${id}.part`)
      writeFileSync(part, bytes, { mode: 0o600 })
      renameSync(part, join(folder, id))
    },
    get: (id) => {
      if (!CONTENT_ID.test(id)) return undefined
      try {
        return readFileSync(join(folder, id))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
  }
}

/** Enough of the state to tell a whole one from a torn or foreign file. */
const Stored = z.looseObject({
  version: z.literal(1),
  botId: z.int(),
  nextMessageId: z.int(),
  nextUpdateId: z.int(),
  updates: z.array(z.looseObject({ id: z.int() })),
  chats: z.array(
    z.looseObject({ person: z.looseObject({}), messages: z.array(z.looseObject({ id: z.int() })) }),
  ),
  files: z.array(z.looseObject({ fileId: z.string() })),
  names: z.record(z.string(), z.string()),
})

/** The state as it was left; null when there is none or it can't be read. */
export async function readState(
  path: string,
  onProblem: (error: unknown) => void,
): Promise<SimulatorState | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(path, 'utf8'))
    Stored.parse(stored)
    // Only this program writes the file, from the same type; the check finds what a crash has torn.
    return stored as SimulatorState
  } catch (error) {
    if (!isMissing(error)) onProblem(error)
    return null
  }
}

/** Writes the state so that a crash leaves the old one or the new one. */
export async function writeState(path: string, state: SimulatorState): Promise<void> {
  const part = `${path}.part`
  await writeFile(part, JSON.stringify(state), { mode: 0o600 })
  await rename(part, path)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
