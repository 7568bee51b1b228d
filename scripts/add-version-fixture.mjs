// node scripts/electron-node.mjs scripts/add-version-fixture.mjs <practice folder>
// Keeps a file of the present version for ever, so that later ones prove that they can upgrade it: an SQL dump in
// src/main/db/migrations/versions. The folder is a practice building that a built program of this version has made.
import './lib/typescript.mjs'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'

await runAsMain(import.meta, async ([folder]) => {
  if (!folder || !existsSync(join(folder, 'telegram.json')))
    throw new Failure(
      'Name a practice folder, <data folder>/practice: what real people wrote has no place in a test',
    )
  const { openSqlite } = await import('../src/main/db/connection.ts')
  const { readLedger } = await import('../src/main/db/migrations/ledger.ts')
  const { dumpOf } = await import('../src/main/db/migrations/dump-fixture.ts')
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  const name = readLedger(sqlite).at(-1)?.name
  if (name === undefined) throw new Failure('The file has had no migration')
  const versions = join(root, 'src/main/db/migrations/versions')
  const path = join(versions, `${name}.sql`)
  if (existsSync(path)) throw new Failure(`${path} is there already: what was released does not change`)
  mkdirSync(versions, { recursive: true })
  writeFileSync(path, dumpOf(sqlite))
  sqlite.close()
  console.log(`Wrote ${path}`)
  return 0
})
