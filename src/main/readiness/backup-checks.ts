import { accessSync, constants } from 'node:fs'
import { BackupError } from '../backups/errors'
import { runInThread } from '../backups/run-job'
import { isOld } from '../backups/schedule'
import { readBackupSettings } from '../backups/settings-file'
import { dataSince, readShelf, shelfOf } from '../backups/shelf'
import { createSecrets } from '../settings/secrets'
import { type Check, type Finding, go, noGo, skipped, warn } from './check'

type BackupChecksOptions = {
  readonly folder: string
  readonly threadFile: string
  readonly passphrase: string | null
  readonly now: () => number
}

const MAKE_ONE = 'Make one: Settings, Backups, Back up now; or the command backup backup.'

/** The checks on the copies; the newest is restored for trial. */
export function backupChecks(options: BackupChecksOptions): readonly Check[] {
  return [
    { id: 'backup', title: 'Newest backup', look: () => ageOf(options) },
    { id: 'backup-proof', title: 'Backup restores', look: () => proofOf(options) },
    { id: 'second-folder', title: 'Second folder', look: () => secondOf(options.folder) },
  ]
}

function ageOf({ folder, now }: BackupChecksOptions): Finding {
  const newest = readShelf(shelfOf(folder)).at(-1)
  if (newest === undefined) return noGo('there is none', MAKE_ONE)
  const found = `${newest.id}, made ${new Date(newest.madeAt).toISOString()}`
  return isOld(now(), newest.madeAt, dataSince(folder, now()))
    ? noGo(`${found}: too old`, MAKE_ONE)
    : go(found)
}

async function proofOf({ folder, threadFile, passphrase, now }: BackupChecksOptions): Promise<Finding> {
  if (readShelf(shelfOf(folder)).length === 0) return skipped('there is none')
  const stored = createSecrets({ folder, safeStorage: null, file: 'backup-key.json' }).load()
  const key = stored.kind === 'token' ? stored.token : null
  try {
    const job = { kind: 'drill', shelf: shelfOf(folder), id: null, now: now(), key, passphrase } as const
    const { id, missingFiles } = await runInThread(job, threadFile)
    if (missingFiles === 0) return go(`${id} was restored for trial and is whole`)
    return warn(`${id} is whole, but ${missingFiles} files of requests are missing from it`, MAKE_ONE)
  } catch (error) {
    const code = error instanceof BackupError ? error.code : 'backup-failed'
    if (code === 'passphrase-needed')
      return warn('locked, so it was not tried out', 'Give the passphrase in DISPATCHER_BACKUP_PASSPHRASE.')
    return noGo(`could not be restored (${code})`, MAKE_ONE)
  }
}

function secondOf(folder: string): Finding {
  const { secondFolder, secondFailsSince } = readBackupSettings(folder)
  const choose =
    'Choose a stick or another computer in Settings, Backups: a broken disk takes its own copies along.'
  if (secondFolder === null) return warn('none is chosen', choose)
  try {
    accessSync(secondFolder, constants.W_OK)
  } catch {
    return warn(
      'is not connected or can not be written',
      'Connect it; the program then brings it up to date.',
    )
  }
  if (secondFailsSince !== null) {
    const since = new Date(secondFailsSince).toISOString()
    return warn(`fails since ${since}`, 'See whether it is full or protected.')
  }
  return go('is there and up to date')
}
