import { existsSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import type { BackupErrorCode, BackupSummary } from '../../shared/model/backups'
import { claimFolder } from '../settings/folder-lock'
import { createSecrets } from '../settings/secrets'
import { APP_VERSION, MIGRATIONS_FOLDER } from '../version'
import { unlockKey } from './age'
import { createBackupDoor } from './door'
import { BackupError } from './errors'
import { runInThread, THREAD_FILE } from './run-job'
import { readBackupSettings } from './settings-file'
import { shelfOf } from './shelf'

/** What every command on backups is given. */
export type BackupCommandOptions = {
  /** Absolute. */
  readonly dataFolder: string
  /** Prints one JSON value instead of sentences. */
  readonly json: boolean
  readonly passphrase: string | null
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
  readonly threadFile?: string
  readonly migrationsFolder?: string
}

/** Exit codes: done; the work itself failed; it was not begun, because it may not be or was asked wrongly. */
const DONE = 0
const FAILED = 1
const REFUSED = 2

const REFUSALS: ReadonlySet<BackupErrorCode> = new Set<BackupErrorCode>([
  'data-in-use',
  'backup-missing',
  'passphrase-needed',
])

async function run(options: BackupCommandOptions, work: () => Promise<unknown>): Promise<number> {
  const { json, print, complain } = options
  try {
    const result = await work()
    if (json) print(JSON.stringify(result))
    return DONE
  } catch (error) {
    const { code, message } =
      error instanceof BackupError ? error : new BackupError('backup-failed', 'Something else went wrong')
    if (json) print(JSON.stringify({ error: code, message }))
    else complain(`${message} (${code})`)
    return REFUSALS.has(code) ? REFUSED : FAILED
  }
}

function say(options: BackupCommandOptions, line: string): void {
  if (!options.json) options.print(line)
}

function assertData({ dataFolder }: BackupCommandOptions): void {
  if (!existsSync(resolve(dataFolder, 'dispatcher.db')))
    throw new BackupError('backup-missing', 'There is no dispatcher.db in the data folder')
}

/** How this data folder locks its backups; null for plain ones. The key may need the passphrase here. */
async function lockOf({ dataFolder, passphrase }: BackupCommandOptions) {
  const { lock } = readBackupSettings(dataFolder)
  if (lock === null) return null
  if (passphrase !== null) return { ...lock, key: await unlockKey(lock.lockedKey, passphrase) }
  const stored = storedKey(dataFolder)
  if (stored === null) throw new BackupError('passphrase-needed', 'Backups of these data are locked')
  return { ...lock, key: stored }
}

function storedKey(dataFolder: string): string | null {
  const stored = createSecrets({ folder: dataFolder, safeStorage: null, file: 'backup-key.json' }).load()
  return stored.kind === 'token' ? stored.token : null
}

function describe({ id, requests, people, sizeBytes, pinned, encrypted, place }: BackupSummary): string {
  const marks = [pinned ? 'pinned' : '', encrypted ? 'locked' : '', place === 'second' ? 'second folder' : '']
  const facts = `${String(requests)} requests, ${String(people)} people, ${String(sizeBytes)} bytes`
  return [id, facts, ...marks.filter((mark) => mark !== '')].join('  ')
}

/** Lists the backups, newest first. Returns the exit code. */
export function listCommand(options: BackupCommandOptions): Promise<number> {
  return run(options, async () => {
    const backups = await doorOf(options).list()
    for (const backup of backups) say(options, describe(backup))
    if (backups.length === 0) say(options, 'There are no backups.')
    return backups
  })
}

/** Makes a backup, also while the program is running. Returns the exit code. */
export function backupCommand(options: BackupCommandOptions): Promise<number> {
  return run(options, async () => {
    assertData(options)
    const threadFile = options.threadFile ?? THREAD_FILE
    const { manifest, missingFiles } = await runInThread(
      {
        kind: 'make',
        dataFolder: options.dataFolder,
        reason: 'by-hand',
        appVersion: APP_VERSION,
        now: Date.now(),
        lock: await lockOf(options),
        pinned: false,
        threadFile,
      },
      threadFile,
      (progress) => {
        say(options, `… ${progress.step}`)
      },
    )
    say(options, `Made ${manifest.id}, compared with the original.`)
    if (missingFiles > 0)
      say(options, `${String(missingFiles)} files of requests are missing or damaged on this computer.`)
    return { id: manifest.id, requests: manifest.counts['requests'] ?? 0, missingFiles }
  })
}

/**
 * Restores a backup, or the newest one without an id. Refused while a program has the data folder. Returns the exit
 * code.
 */
export function restoreCommand(
  options: BackupCommandOptions & { readonly id: string | null },
): Promise<number> {
  return run(options, async () => {
    const claim = claimFolder(options.dataFolder)
    if ('pid' in claim)
      throw new BackupError('data-in-use', `Process ${String(claim.pid)} is working with this data folder`)
    try {
      const door = doorOf(options)
      const id = options.id ?? (await door.list())[0]?.id
      if (id === undefined) throw new BackupError('backup-missing', 'There is no backup to restore')
      const told = new Set<string>()
      const restored = await door.restore(id, ({ step }) => {
        if (!told.has(step)) say(options, `… ${step}`)
        told.add(step)
      })
      say(options, `Restored ${id}.`)
      if (restored.aside !== null) say(options, `What was there before lies in ${restored.aside}`)
      return { id, ...restored }
    } finally {
      claim.release()
    }
  })
}

/**
 * Restores a backup for trial into a temporary folder and compares it with its manifest; by id, by the path of its
 * file, or the newest. Returns the exit code.
 */
export function verifyCommand(
  options: BackupCommandOptions & { readonly what: string | null },
): Promise<number> {
  return run(options, async () => {
    const { shelf, id } = whereIs(options)
    const threadFile = options.threadFile ?? THREAD_FILE
    const drilled = await runInThread(
      {
        kind: 'drill',
        shelf,
        id,
        now: Date.now(),
        key: storedKey(options.dataFolder),
        passphrase: options.passphrase,
      },
      threadFile,
    )
    say(options, `${drilled.id} is whole.`)
    if (drilled.missingFiles > 0)
      say(options, `${String(drilled.missingFiles)} files of requests are missing from it.`)
    return drilled
  })
}

function whereIs({ dataFolder, what }: BackupCommandOptions & { readonly what: string | null }) {
  if (what === null || extname(what) === '') return { shelf: shelfOf(dataFolder), id: what }
  const path = resolve(what)
  return { shelf: dirname(path), id: basename(path).replace(/\.(?:db|db\.age|json)$/u, '') }
}

function doorOf(options: BackupCommandOptions) {
  const { dataFolder, passphrase, threadFile = THREAD_FILE } = options
  return createBackupDoor({
    dataFolder,
    secondFolder: readBackupSettings(dataFolder).secondFolder,
    now: Date.now,
    passphrase: () => passphrase,
    key: () => storedKey(dataFolder),
    threadFile,
    migrationsFolder: options.migrationsFolder ?? MIGRATIONS_FOLDER,
  })
}
