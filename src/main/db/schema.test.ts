import { is } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable, SQLiteTable as Table } from 'drizzle-orm/sqlite-core'
import { afterAll, describe, expect, test } from 'vitest'
import { applySchema } from '../testing/migrated'
import { openSqlite } from './connection'
import * as desk from './schema/desk'
import * as health from './schema/health'
import * as office from './schema/office'
import * as telegram from './schema/telegram'

const sqlite = openSqlite(':memory:')
applySchema(sqlite)
afterAll(() => sqlite.close())

const tables = Object.values<unknown>({ ...desk, ...health, ...office, ...telegram }).filter(
  (value): value is SQLiteTable => is(value, Table),
)
const described = tables.map((table) => ({ name: getTableConfig(table).name, table }))

const all = (sql: string, ...params: readonly string[]) =>
  sqlite.prepare<unknown[], Record<string, unknown>>(sql).all(...params)

test('every table of the migrations is in the schema, and every one is strict', () => {
  const real = all("select name, strict from pragma_table_list where schema = 'main' and type = 'table'")
    .filter(({ name }) => !String(name).startsWith('sqlite_'))
    .map(({ name, strict }) => [name, strict])
  expect(real.toSorted()).toEqual(described.map(({ name }) => [name, 1]).toSorted())
})

describe.each(described)(
  'the table $name, as the migrations make it and as the program reads it',
  ({ name, table }) => {
    const config = getTableConfig(table)

    test('has the same columns', () => {
      const real = all(
        'select name, lower(type) as type, "notnull" as required from pragma_table_info(?)',
        name,
      )
      expect(real).toEqual(
        config.columns.map((column) => ({
          name: column.name,
          type: column.getSQLType(),
          required: Number(column.notNull),
        })),
      )
    })

    test('has the same indexes', () => {
      const real = all(
        'select name, "unique", partial from pragma_index_list(?) where origin = \'c\'',
        name,
      ).map((index) => ({
        name: index['name'],
        unique: index['unique'],
        partial: index['partial'],
        columns: all('select name from pragma_index_info(?)', String(index['name'])).map(
          (column) => column['name'],
        ),
      }))
      const declared = [
        ...config.indexes.map(({ config: index }) => ({
          name: index.name,
          unique: Number(index.unique),
          partial: Number(index.where !== undefined),
          columns: index.columns.map((column) => ('name' in column ? column.name : null)),
        })),
        ...config.columns
          .filter(({ isUnique }) => isUnique)
          .map((column) => ({ name: column.uniqueName, unique: 1, partial: 0, columns: [column.name] })),
      ]
      // The name comes first in both.
      const byName = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))
      expect(real.toSorted(byName)).toEqual(declared.toSorted(byName))
    })

    test('points to the same tables', () => {
      const real = all('select "table", "from", "to" from pragma_foreign_key_list(?)', name)
      const declared = config.foreignKeys.map((key) => {
        const { columns, foreignTable, foreignColumns } = key.reference()
        return {
          table: getTableConfig(foreignTable).name,
          from: columns[0]?.name,
          to: foreignColumns[0]?.name,
        }
      })
      const byColumn = (a: { from?: unknown }, b: { from?: unknown }) =>
        String(a.from).localeCompare(String(b.from))
      expect(real.toSorted(byColumn)).toEqual(declared.toSorted(byColumn))
    })

    test('refuses the same values', () => {
      const [row] = all('select sql from sqlite_schema where name = ?', name)
      const real = [...String(row?.['sql']).matchAll(/CONSTRAINT "(\w+)" CHECK/gu)].map(([, check]) => check)
      expect(real.toSorted()).toEqual(config.checks.map((check) => check.name).toSorted())
    })
  },
)
