// node scripts/electron-node.mjs scripts/finish-migrations.mjs
// Completes what belongs to each migration beside its SQL: see src/main/db/migrations/finish.ts.
import './lib/typescript.mjs'
import { join } from 'node:path'

const { finishMigrations } = await import('../src/main/db/migrations/finish.ts')
const written = finishMigrations(join(import.meta.dirname, '../drizzle'))
console.log(written.length === 0 ? 'Everything was complete.' : `Wrote ${written.join(', ')} in drizzle/.`)
