import { join } from 'node:path'
import type { MigrateOptions } from '../db/migrations/migrate'
import type { ToolDeps } from './deps'
import type { Place } from './open'

/** How the commands run migrations: as the program does at its start. */
export function runOptions({ folder, migrations }: Place, { appVersion, now }: ToolDeps): MigrateOptions {
  return { migrations, appVersion, now, copyTo: join(folder, 'backups') }
}
