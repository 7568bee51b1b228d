import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../connection'
import { schemaFingerprint } from './fingerprint'
import { kindOfUp } from './lint'
import { parseMeta, readMigrationFiles } from './migration-files'
import { finishedStatementsOf } from './sql-text'

const PENDING = '0'.repeat(64)

/**
 * The .json files of migrations that are missing or name other tables than the SQL makes, as they should be, by
 * name. A missing one says lossy, until somebody knows better. Throws what SQLite says of a statement.
 */
export function unfinishedMetas(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const sqlite = openSqlite(':memory:')
  sqlite.pragma('foreign_keys = OFF')
  try {
    const metas = Object.keys(files)
      .filter((file) => /(?<!\.down)\.sql$/.test(file))
      .sort()
      .map((file): readonly [string, string] => {
        const up = String(files[file])
        for (const statement of finishedStatementsOf(up)) sqlite.prepare(statement).run()
        const name = file.slice(0, -'.sql'.length)
        const blank = JSON.stringify({ kind: kindOfUp(up), reversible: 'lossy', schemaAfter: PENDING })
        const meta = parseMeta(name, files[`${name}.json`] ?? blank)
        const text = `${JSON.stringify({ ...meta, schemaAfter: schemaFingerprint(sqlite) }, null, 2)}\n`
        return [`${name}.json`, text]
      })
    return new Map(metas.filter(([file, text]) => files[file] !== text))
  } finally {
    sqlite.close()
  }
}

/** Writes what unfinishedMetas finds in a folder. Returns the names of the files written. */
export function finishMigrations(folder: string): readonly string[] {
  const metas = unfinishedMetas(readMigrationFiles(folder))
  for (const [file, text] of metas) writeFileSync(join(folder, file), text)
  return [...metas.keys()]
}
