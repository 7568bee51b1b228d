import { join } from 'node:path'
import { version } from '../../package.json'

/** Version of this program. */
export const APP_VERSION = version

/** Folder of the migrations, beside the built program. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../drizzle')
