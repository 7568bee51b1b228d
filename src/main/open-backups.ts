import { type Backups, createBackups } from './backups/service'
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

/** Opens the backups of an office, told of every commit. They begin to look at the clock with `start`. */
export function openBackups({ office, safeStorage, redactor, log, onChange }: Options): Backups {
  const { folder, database, now } = office
  const secrets = createSecrets({ folder, safeStorage, file: 'backup-key.json' })
  const backups = createBackups({
    dataFolder: folder,
    now,
    log,
    onChange,
    keys: {
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
    },
  })
  database.onCommit(() => {
    backups.changed()
  })
  return backups
}
