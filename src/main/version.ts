import { join } from 'node:path'
import { version } from '../../package.json'

/** Version of this program. */
export const APP_VERSION = version

/** The script of the thread that upgrades a database, beside the built program. */
export const UPGRADE_WORKER = join(import.meta.dirname, 'upgrade-worker.js')

/** Folder of the migrations, beside the built program. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../drizzle')
