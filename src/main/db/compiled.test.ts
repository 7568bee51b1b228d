import { eq, sql } from 'drizzle-orm'
import { alias, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeEach, expect, test } from 'vitest'
import { compiled } from './compiled'
import { type Orm, openSqlite, ormOf } from './connection'

const flats = sqliteTable('flats', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  isLet: integer('is_let', { mode: 'boolean' }).notNull(),
  letAt: integer('let_at', { mode: 'timestamp_ms' }),
  marks: text('marks', { mode: 'json' }).$type<readonly string[]>(),
  aboveId: integer('above_id'),
})
const above = alias(flats, 'above')

let orm: Orm
beforeEach(() => {
  const sqlite = openSqlite(':memory:')
  sqlite.exec(
    `create table flats (id integer primary key, name text not null, is_let integer not null, let_at integer, marks text, above_id integer) strict;
     insert into flats values (1, 'Ground', 1, 86400000, '["quiet"]', 2), (2, 'First', 0, null, null, null)`,
  )
  orm = ormOf(sqlite)
})

const byId = eq(flats.id, sql.placeholder('id'))
/** Every kind of query that the stores make. */
const queries = {
  'whole rows': () => orm.select().from(flats).where(byId).prepare(),
  'some columns under other names': () =>
    orm.select({ door: flats.name, isLet: flats.isLet }).from(flats).where(byId).prepare(),
  'an expression': () =>
    orm
      .select({ loud: sql<string>`upper(${flats.name})`, length: sql`length(${flats.name})`.mapWith(String) })
      .from(flats)
      .where(byId)
      .prepare(),
  'a joined table by its columns': () =>
    orm
      .select({ id: flats.id, above: above.name, aboveIsLet: above.isLet })
      .from(flats)
      .leftJoin(above, eq(above.id, flats.aboveId))
      .where(byId)
      .prepare(),
  'a joined table as rows of their own': () =>
    orm.select().from(flats).leftJoin(above, eq(above.id, flats.aboveId)).where(byId).prepare(),
  'a value that is always the same': () => orm.select().from(flats).where(eq(flats.isLet, true)).prepare(),
}

test.each(Object.entries(queries))('%s are read as drizzle reads them', (_name, build) => {
  const ours = compiled(build())
  const asked = [1, 2, 3].map((id) => [ours.get({ id }), ours.all({ id })])
  const drizzles = [1, 2, 3].map((id) => {
    const query = build()
    return [query.get({ id }), query.all({ id })]
  })
  expect(asked).toEqual(drizzles)
})

test('values are written as drizzle writes them, by their names', () => {
  const values = {
    id: sql.placeholder('id'),
    name: sql.placeholder('name'),
    isLet: true,
    marks: sql.placeholder('marks'),
  }
  const insert = compiled(orm.insert(flats).values(values).prepare())
  const result = insert.run({ name: 'Attic', id: 9, marks: ['warm'], unused: 1 })
  expect([result.changes, orm.select().from(flats).where(eq(flats.id, 9)).all()]).toEqual([
    1,
    [{ id: 9, name: 'Attic', isLet: true, letAt: null, marks: ['warm'], aboveId: null }],
  ])
})

test('what a write returns is read like a row', () => {
  const set = { isLet: false }
  const update = compiled(
    orm.update(flats).set(set).where(byId).returning({ door: flats.name, isLet: flats.isLet }).prepare(),
  )
  expect([update.get({ id: 1 }), update.all({ id: 7 })]).toEqual([{ door: 'Ground', isLet: false }, []])
})

test('a value that is not given is an error, as it is with drizzle', () => {
  const ours = compiled(queries['whole rows']())
  expect(() => ours.get({ di: 1 })).toThrow('No value for placeholder "id" was provided')
})
