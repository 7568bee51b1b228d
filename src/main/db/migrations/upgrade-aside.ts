import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { APPLICATION_ID } from './ledger'
import { openSqlite } from '../connection'
import { MigrationError } from './errors'
import { type HeadOptions, migrateToHead } from './migrate-to-head'
import type { MigrationProgress } from './migrate'
import { countMigrations } from './migration-files'
import { heard, ToldError, told } from './told-error'

/** How an upgrade is run aside. */
export type AsideOptions = Pick<HeadOptions, 'folder' | 'migrationsFolder' | 'appVersion'> & {
  /** The built script of the thread, which calls upgradeHere. */
  readonly worker: string
  /** Arguments of Node for the thread, for tests that run the sources. */
  readonly execArgv?: readonly string[]
  readonly onProgress: (progress: MigrationProgress) => void
}

/** What the thread is given. */
const AsideWork = z.object({
  folder: z.string(),
  migrationsFolder: z.string(),
  appVersion: z.string(),
})

const Step = z.object({
  step: z.enum([
    'copying',
    'comparing',
    'keeping',
    'kept',
    'begun',
    'statement',
    'checking',
    'recording',
    'committing',
    'committed',
  ]),
  migration: z.string().nullable(),
  done: z.int(),
  of: z.int(),
})

/** What the thread says. */
const AsideMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: Step }),
  z.object({ kind: z.literal('refused'), error: ToldError }),
])
export type AsideMessage = z.infer<typeof AsideMessage>

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

/** How many migrations the header of a file says it has had; null when it is no database of ours. */
function countInFile(path: string): number | null {
  const header = Buffer.alloc(HEADER_BYTES)
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    if (readSync(descriptor, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null
  } catch {
    // A file that is not there, or may not be read, is judged by whoever opens it.
    return null
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
  const isOurs =
    header.toString('latin1', 0, MAGIC.length) === MAGIC &&
    header.readInt32BE(APPLICATION_ID_AT) === APPLICATION_ID
  return isOurs ? header.readInt32BE(USER_VERSION_AT) : null
}

function runThread(options: AsideOptions): Promise<void> {
  const { worker, execArgv, onProgress } = options
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, {
      workerData: AsideWork.parse(options),
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    })
    thread.on('message', (message: unknown) => {
      const said = AsideMessage.parse(message)
      if (said.kind === 'progress') onProgress(said.progress)
      else reject(heard(said.error))
    })
    // Anything but a refusal, such as a file that cannot be opened, is met again by the ordinary opening.
    thread.on('error', () => undefined)
    thread.on('exit', () => {
      resolve()
    })
  })
}

/**
 * Upgrades an existing database in a thread of its own, so that a window stays alive and can show how it goes on.
 * Does next to nothing, not even open the file, when its header says that there is nothing to do; opening the
 * database afterwards decides. Rejects with the MigrationError that stopped it.
 */
export async function upgradeAside(options: AsideOptions): Promise<void> {
  const count = countInFile(join(options.folder, 'dispatcher.db'))
  // A file that has had nothing yet is new: its tables are made in no time.
  if (count === null || count === 0 || count >= countMigrations(options.migrationsFolder)) return
  await runThread(options)
}

/**
 * Upgrades in this thread and says what the other one is to hear. Given what upgradeAside gives to the thread.
 * Throws what is no refusal of the runner.
 */
export function upgradeHere(data: unknown, say: (message: AsideMessage) => void): void {
  const work = AsideWork.parse(data)
  const sqlite = openSqlite(join(work.folder, 'dispatcher.db'))
  try {
    migrateToHead(sqlite, {
      ...work,
      now: Date.now,
      onProgress: (progress) => {
        say({ kind: 'progress', progress })
      },
    })
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    say({ kind: 'refused', error: told(error) })
  } finally {
    sqlite.close()
  }
}
