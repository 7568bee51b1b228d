import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'

type Orphan = {
  readonly table: string
  readonly rowid: number | bigint
  readonly parent: string
  readonly fkid: number
}
type Reference = { readonly id: number; readonly from: string; readonly to: string | null }

/**
 * Mends rows that refer to rows that could not be saved: a person who is needed is put in without a name, a reference
 * that need not be is emptied, and what means nothing by itself is left out. Returns how many rows were left out, by
 * table.
 */
export function mendReferences(fresh: Sqlite, at: number): ReadonlyMap<string, number> {
  const leftOut = new Map<string, number>()
  // What is left out may have been referred to itself; each round can only make fewer rows.
  for (let round = 0; round < 10; round += 1) {
    const orphans = fresh.pragma('foreign_key_check') as Orphan[]
    if (orphans.length === 0) break
    for (const orphan of orphans) mend(fresh, orphan, at, leftOut)
  }
  return leftOut
}

function mend(
  fresh: Sqlite,
  { table, rowid, parent, fkid }: Orphan,
  at: number,
  leftOut: Map<string, number>,
): void {
  const reference = fresh
    .prepare<[string, number], Reference>(
      'select id, "from", "to" from pragma_foreign_key_list(?) where id = ?',
    )
    .get(table, fkid)
  if (!reference) throw new Error(`No reference ${String(fkid)} in ${table}`)
  const column = quotedName(reference.from)
  const isNeeded = fresh
    .prepare<[string, string], number>('select "notnull" from pragma_table_xinfo(?) where name = ?')
    .pluck()
    .get(table, reference.from)
  if (isNeeded !== 1) {
    fresh.prepare(`update ${quotedName(table)} set ${column} = null where rowid = ?`).run(rowid)
  } else if (parent === 'users') {
    fresh
      .prepare(
        `insert or ignore into users (id, created_at) select ${column}, ? from ${quotedName(table)} where rowid = ?`,
      )
      .run(at, rowid)
  } else {
    fresh.prepare(`delete from ${quotedName(table)} where rowid = ?`).run(rowid)
    leftOut.set(table, (leftOut.get(table) ?? 0) + 1)
  }
}
