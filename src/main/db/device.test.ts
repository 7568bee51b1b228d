import { expect, test } from 'vitest'
import { openTestDatabase } from '../testing/test-database'
import { databaseIdOf, storedDatabaseId } from './device'

test('a database gets its id once and keeps it', () => {
  const { sqlite } = openTestDatabase()
  const before = storedDatabaseId(sqlite)
  const made = [databaseIdOf(sqlite, () => 'first'), databaseIdOf(sqlite, () => 'second')]
  expect([before, made, storedDatabaseId(sqlite)]).toEqual([null, ['first', 'first'], 'first'])
})

test('an id that is none is not taken for one', () => {
  const { sqlite } = openTestDatabase()
  sqlite.exec("insert into settings (key, value) values ('databaseId', '7')")
  expect(storedDatabaseId(sqlite)).toBeNull()
  expect(() => databaseIdOf(sqlite, () => 'new')).toThrow('The database has no id')
})
