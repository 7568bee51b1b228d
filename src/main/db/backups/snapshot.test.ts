import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { openCopying, openLock, openMoment, openToInspect } from './snapshot'

let folder: string
let path: string
let writer: Sqlite
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  path = join(folder, 'dispatcher.db')
  writer = openSqlite(path)
  writer.pragma('busy_timeout = 0')
  writer.exec('create table t (a integer) strict')
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})
const write = () => {
  writer.exec('insert into t values (1)')
}

test('nobody writes while the lock is held, and anybody afterwards', () => {
  const lock = openLock(path)
  lock.hold()
  expect(write).toThrow('database is locked')
  lock.release()
  write()
  lock.close()
})

test('the lock tells whether somebody has written since it was held', () => {
  const lock = openLock(path)
  const seen = [lock.isUndisturbed()]
  lock.hold()
  seen.push(lock.isUndisturbed())
  lock.release()
  seen.push(lock.isUndisturbed())
  write()
  seen.push(lock.isUndisturbed())
  lock.close()
  expect(seen).toEqual([false, true, true, false])
})

test('a moment stays what it was, and cannot be written to', () => {
  const moment = openMoment(path)
  moment.begin()
  write()
  expect(moment.sqlite.prepare('select count(*) from t').pluck().get()).toEqual(0)
  expect(() => moment.sqlite.exec('insert into t values (2)')).toThrow('readonly')
  moment.close()
})

test('a copy holds what was there, compactly, while the original stays open', () => {
  write()
  const copying = openCopying(path)
  const target = join(folder, 'copy.db')
  copying.copyTo(target)
  copying.close()
  const copy = openToInspect(target)
  expect(copy.prepare('select a from t').pluck().all()).toEqual([1])
  expect(() => copy.exec('insert into t values (2)')).toThrow('readonly')
  copy.close()
})

test('a file that is no database can be neither read as a moment nor looked into', () => {
  const other = join(folder, 'other.db')
  writeFileSync(other, 'not a database at all, though it is long enough to be taken for one'.repeat(100))
  expect(() => openMoment(other)).toThrow('file is not a database')
  const looking = openToInspect(other)
  expect(() => looking.prepare('select 1 from sqlite_schema')).toThrow('file is not a database')
  looking.close()
  expect(() => openToInspect(join(folder, 'missing.db'))).toThrow('unable to open database file')
})

test('a file whose list of tables makes no sense can not be read as a moment', () => {
  writer.unsafeMode(true)
  writer.pragma('writable_schema = ON')
  writer.exec("update sqlite_schema set sql = 'create table t (nonsense' where name = 't'")
  expect(() => openMoment(path)).toThrow('malformed database schema')
})
