import { revise } from './revise.mjs'
import { compareCode } from './schema-tables.mjs'

/** What `npm run db` can do beyond the packaged program: see Development in src/main/db-tool/deps.ts. */
export const development = { compareCode, revise }
