import type { AppState, Handlers } from '../../shared/ipc/contract'
import type { BackupErrorCode, RestoreProgress } from '../../shared/model/backups'
import type { AttentionItem } from '../../shared/model/bot-state'
import { Refusal } from '../../shared/model/refusal'
import { BackupError } from '../backups/errors'
import type { Backups } from '../backups/service'

/** What a restore tells the windows while no data are open. */
export type RestoreTold = { readonly progress: RestoreProgress } | { readonly failed: BackupErrorCode }

/** Closes the data, does the work on closed files, and opens them again. */
export type WhileClosed = (work: (tell: (told: RestoreTold) => void) => Promise<void>) => void

type BackupHandlerDeps = {
  readonly backups: Backups | null
  readonly chooseFolder: () => Promise<string | null>
  readonly whileClosed: WhileClosed
}

/** The newest backup as the whole program is told of it. */
export function backupOf(backups: Backups | null): AppState['backup'] {
  return backups === null ? null : backups.age()
}

/** A backup that is too old, as a thing that needs a look. */
export function oldBackup(backups: Backups | null): AttentionItem[] {
  const backup = backupOf(backups)
  return backup?.isOld === true ? [{ kind: 'backup', at: backup.lastAt }] : []
}

/** The backups, served. A BackupError becomes a refusal of the same code. */
export function backupHandlers({
  backups,
  chooseFolder,
  whileClosed,
}: BackupHandlerDeps): Handlers['backups'] {
  const present = (): Backups => {
    if (backups === null) throw new Refusal('not-in-practice')
    return backups
  }
  return {
    state: () => present().state(),
    list: () => refusing(() => present().list()),
    makeNow: () => refusing(() => present().make('by-hand')),
    pin: ({ id, pinned }) =>
      refusing(() => {
        present().pin(id, pinned)
      }),
    preview: ({ id }) => refusing(() => present().preview(id)),
    restore: ({ id, passphrase }) =>
      refusing(async () => {
        const open = present()
        await open.checkRestore(id, passphrase)
        whileClosed((tell) => restore(open, { id, passphrase }, tell))
      }),
    chooseSecondFolder: async () => {
      const open = present()
      const path = await chooseFolder()
      if (path !== null) open.setSecondFolder(path)
    },
    forgetSecondFolder: () => {
      present().setSecondFolder(null)
    },
    setPassphrase: ({ passphrase }) => refusing(() => present().setPassphrase(passphrase)),
  }
}

async function restore(
  backups: Backups,
  { id, passphrase }: { readonly id: string; readonly passphrase: string | null },
  tell: (told: RestoreTold) => void,
): Promise<void> {
  try {
    await backups.restore(id, passphrase, (progress) => {
      tell({ progress })
    })
  } catch (error) {
    tell({ failed: error instanceof BackupError ? error.code : 'backup-failed' })
    throw error
  }
}

async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BackupError) throw new Refusal(error.code)
    throw error
  }
}
