import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../connection'
import { schemaFingerprint } from './fingerprint'
import { kindOfUp } from './lint'
import { parseMeta, readMigrationFiles } from './migration-files'
import { statementsOf } from './sql-text'

const PENDING = '0'.repeat(64)

/**
 * Writes what a person need not write: the .json of every migration of a folder that has none (as lossy, until
 * somebody knows better), and the fingerprint of its tables into all. Returns the names of the files written.
 */
export function finishMigrations(folder: string): readonly string[] {
  const files = readMigrationFiles(folder)
  const sqlite = openSqlite(':memory:')
  sqlite.pragma('foreign_keys = OFF')
  try {
    return Object.keys(files)
      .filter((file) => /(?<!\.down)\.sql$/.test(file))
      .sort()
      .flatMap((file) => {
        const up = String(files[file])
        for (const statement of statementsOf(up)) sqlite.prepare(statement).run()
        const name = file.slice(0, -'.sql'.length)
        const blank = JSON.stringify({ kind: kindOfUp(up), reversible: 'lossy', schemaAfter: PENDING })
        const meta = parseMeta(name, files[`${name}.json`] ?? blank)
        const text = `${JSON.stringify({ ...meta, schemaAfter: schemaFingerprint(sqlite) }, null, 2)}\n`
        if (files[`${name}.json`] === text) return []
        writeFileSync(join(folder, `${name}.json`), text)
        return [`${name}.json`]
      })
  } finally {
    sqlite.close()
  }
}
