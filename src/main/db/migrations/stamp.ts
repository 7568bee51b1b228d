import type { Sqlite } from '../connection'
import { copyBefore } from './copy-before'
import { differingObjects, withTables } from './drift'
import { BadTarget, ForeignDatabase, MigrationFailed } from './errors'
import { EMPTY_SCHEMA, LEDGER, schemaFingerprint } from './fingerprint'
import { type AppliedMigration, APPLICATION_ID, readLedger, recordApplied, setCount } from './ledger'
import type { MigrateOptions, MigrateResult } from './migrate'
import type { Migration } from './migration-files'

/** How many migrations the file shall say it has had. */
type StampOptions = MigrateOptions & { readonly to: number }

function checkOwner(sqlite: Sqlite): void {
  const id = sqlite.pragma('application_id', { simple: true })
  if (id !== APPLICATION_ID && id !== 0)
    throw new ForeignDatabase(`The database has the application_id ${String(id)}, not ours`)
}

function checkTables(sqlite: Sqlite, migrations: readonly Migration[], name: string): void {
  if (schemaFingerprint(sqlite) === (migrations.at(-1)?.meta.schemaAfter ?? EMPTY_SCHEMA)) return
  const named = withTables(migrations, (expected) => differingObjects(sqlite, expected))
  throw new BadTarget(`The tables are not those of ${name}: ${named.slice(0, 5).join('; ')}`)
}

/** What the file knows already about a migration stays: when it was run, and which copy was made before. */
function keptRows(sqlite: Sqlite): ReadonlyMap<string, AppliedMigration> {
  try {
    return new Map(readLedger(sqlite).map((row) => [`${row.name} ${row.upSha256}`, row]))
  } catch {
    // A ledger that cannot be read is the reason why somebody stamps.
    return new Map()
  }
}

function rewrite(
  sqlite: Sqlite,
  { migrations, appVersion, now, to }: StampOptions,
  backupFile: string | null,
) {
  const kept = keptRows(sqlite)
  sqlite.exec(`drop table if exists ${LEDGER}`)
  for (const { version, name, upSha256, down, meta } of migrations.slice(0, to)) {
    const times = { appliedAt: now(), appVersion, durationMs: 0, backupFile }
    const known = kept.get(`${name} ${upSha256}`) ?? times
    const { appliedAt, durationMs } = known
    const row = { version, name, upSha256, downSql: down, meta: JSON.stringify(meta), appliedAt, durationMs }
    recordApplied(sqlite, { ...row, appVersion: known.appVersion, backupFile: known.backupFile })
  }
  setCount(sqlite, to)
}

/**
 * Writes into a file that it has had so many migrations, running none of them: for a ledger that is damaged or
 * lost. Only when its tables are those of that version, and after a verified copy. Throws a MigrationError;
 * the file is then unchanged.
 */
export function stamp(sqlite: Sqlite, options: StampOptions): MigrateResult {
  const { migrations, to } = options
  const from = Number(sqlite.pragma('user_version', { simple: true }))
  const name = migrations[to - 1]?.name ?? 'base'
  checkOwner(sqlite)
  checkTables(sqlite, migrations.slice(0, to), name)
  const backupFile = copyBefore(sqlite, `pre-stamp-${String(to).padStart(4, '0')}-`, options, (step) =>
    options.onProgress?.({ step, migration: null, done: 0, of: 0 }),
  )
  try {
    sqlite
      .transaction(() => {
        rewrite(sqlite, options, backupFile)
      })
      .immediate()
  } catch (cause) {
    throw new MigrationFailed({ migration: name, reason: 'storage' }, String(cause), { cause })
  }
  return { from, to, backupFile }
}
