// node scripts/electron-node.mjs scripts/finish-migrations.mjs
// Completes what belongs to each migration beside its SQL: see src/main/db/migrations/finish.ts.
import { registerHooks } from 'node:module'
import { extname, join } from 'node:path'

// Node strips the types by itself, but wants the endings that a bundler adds.
registerHooks({
  resolve: (specifier, context, next) => {
    const isOurs = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')
    return next(isOurs && extname(specifier) === '' ? `${specifier}.ts` : specifier, context)
  },
})

const { finishMigrations } = await import('../src/main/db/migrations/finish.ts')
const written = finishMigrations(join(import.meta.dirname, '../drizzle'))
console.log(written.length === 0 ? 'Everything was complete.' : `Wrote ${written.join(', ')} in drizzle/.`)
