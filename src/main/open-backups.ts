import { type Backups, createBackups, type KeyStore } from './backups/service'
import type { Office } from './office'
import { createSecrets, type SafeStorage } from './settings/secrets'
import type { Log } from './telemetry/log'
import type { Redactor } from './telemetry/redact'

type Options = {
  readonly office: Office
  readonly safeStorage: SafeStorage | null
  readonly redactor: Redactor
  readonly log: Log
  readonly onChange: () => void
}

/** Where the key to locked backups of a data folder is kept. */
export function openKeys(
  folder: string,
  { safeStorage, redactor }: Pick<Options, 'safeStorage' | 'redactor'>,
): KeyStore {
  const secrets = createSecrets({ folder, safeStorage, file: 'backup-key.json' })
  return {
    load: () => {
      const stored = secrets.load()
      if (stored.kind !== 'token') return null
      redactor.addSecret(stored.token)
      return stored.token
    },
    save: (key) => {
      redactor.addSecret(key)
      // Where nothing protects it, it lies beside the data that it locks the copies of: no worse than they do.
      secrets.save(key, { allowUnprotected: true })
    },
  }
}

/** Opens the backups of an office, told of every commit. They begin to look at the clock with `start`. */
export function openBackups(options: Options): Backups {
  const { office, log, onChange } = options
  const { folder, database, now } = office
  const backups = createBackups({ dataFolder: folder, now, log, onChange, keys: openKeys(folder, options) })
  database.onCommit(() => {
    backups.changed()
  })
  return backups
}
