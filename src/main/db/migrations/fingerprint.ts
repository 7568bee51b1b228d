import { createHash } from 'node:crypto'
import type { Sqlite } from '../connection'
import { normalisedSql } from './sql-text'

/** The runner's own table, which is in no migration. */
export const LEDGER = 'schema_migrations'

/** A table, index, trigger or view as SQLite keeps it. */
export type SchemaObject = {
  readonly type: string
  readonly name: string
  /** The table it belongs to. */
  readonly table: string
  readonly sql: string
}

/** Everything that was created, without the ledger and SQLite's own tables, its SQL in one spelling. */
export function schemaObjects(sqlite: Sqlite): readonly SchemaObject[] {
  const rows = sqlite
    .prepare<[string], SchemaObject>(
      `select type, name, tbl_name as "table", coalesce(sql, '') as sql from sqlite_schema
       where name not like 'sqlite\\_%' escape '\\' and tbl_name <> ? order by type, name`,
    )
    .all(LEDGER)
  return rows.map((row) => ({ ...row, sql: normalisedSql(row.sql) }))
}

/** What the pragmas say of one table: what its SQL means, not how it is written. */
function structureOf(sqlite: Sqlite, table: string): unknown {
  const ask = (sql: string, name: string) => sqlite.prepare<[string]>(sql).all(name)
  const indexes = sqlite
    .prepare<[string], { name: string }>(
      'select name, "unique", origin, partial from pragma_index_list(?) order by name',
    )
    .all(table)
  return {
    kind: ask("select type, wr, strict from pragma_table_list where schema = 'main' and name = ?", table),
    columns: ask(
      'select name, lower(type), "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?) order by cid',
      table,
    ),
    indexes: indexes.map((index) => [
      index,
      ask('select name, "desc", coll, "key" from pragma_index_xinfo(?) order by seqno', index.name),
    ]),
    references: ask(
      'select id, seq, "table", "from", "to", on_update, on_delete from pragma_foreign_key_list(?) order by id, seq',
      table,
    ),
  }
}

/** A SHA-256 that two databases share exactly when their tables, indexes, triggers and views are the same. */
export function schemaFingerprint(sqlite: Sqlite): string {
  const described = schemaObjects(sqlite).map((object) => [
    object,
    object.type === 'table' ? structureOf(sqlite, object.name) : null,
  ])
  return createHash('sha256').update(JSON.stringify(described)).digest('hex')
}

/** The fingerprint of a database without any table. */
export const EMPTY_SCHEMA = createHash('sha256').update('[]').digest('hex')
