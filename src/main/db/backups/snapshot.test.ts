import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../connection'
import { openLock, openMoment } from './snapshot'

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
