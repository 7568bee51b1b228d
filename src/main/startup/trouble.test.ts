import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CHOICES, TroubleCode } from '../../shared/model/trouble'
import {
  BadMigrationFiles,
  ChangedHistory,
  CopyFailed,
  DatabaseFromTheFuture,
  ForeignDatabase,
  MigrationFailed,
  NotEnoughSpace,
} from '../db/migrations/errors'
import { Trouble, troubleOf } from './trouble'

const coded = (code: string) => Object.assign(new Error(code), { code })
const failedMigration = (cause?: Error) =>
  new MigrationFailed({ migration: '0002', reason: 'statement' }, 'no', cause ? { cause } : undefined)

test.each([
  [coded('SQLITE_NOTADB'), 'not-a-database'],
  [coded('SQLITE_CORRUPT_VTAB'), 'damaged'],
  [coded('SQLITE_BUSY_SNAPSHOT'), 'locked'],
  [coded('SQLITE_READONLY_DIRECTORY'), 'read-only'],
  [coded('EROFS'), 'read-only'],
  [coded('SQLITE_FULL'), 'disk-full'],
  [coded('ENOSPC'), 'disk-full'],
  [coded('SQLITE_IOERR_READ'), 'disk-error'],
  [coded('SQLITE_CANTOPEN'), 'no-permission'],
  [coded('EACCES'), 'no-permission'],
  [new Error('who knows'), 'unknown'],
  ['not even an error', 'unknown'],
  [new Error('outer', { cause: coded('SQLITE_CORRUPT') }), 'damaged'],
  [new ForeignDatabase('x'), 'not-ours'],
  [new ChangedHistory('x'), 'changed-history'],
  [new BadMigrationFiles(['x']), 'program-incomplete'],
  [new CopyFailed('x'), 'no-backup'],
  [new CopyFailed('x', { cause: coded('SQLITE_FULL') }), 'disk-full'],
  [new CopyFailed('x', { cause: coded('EACCES') }), 'no-backup'],
  [failedMigration(), 'migration-failed'],
  [failedMigration(coded('SQLITE_CORRUPT')), 'damaged'],
])('%s is the trouble %s', (error, code) => {
  expect(troubleOf(error).code).toBe(code)
})

test('what is known about it goes with it', () => {
  expect([
    troubleOf(new DatabaseFromTheFuture(9, 2, '7.0.0')).facts,
    troubleOf(new NotEnoughSpace('/data', 200, 100)).facts,
    troubleOf(new Trouble('older', { changes: 3, at: 4 })).facts,
  ]).toEqual([{ writtenBy: '7.0.0' }, { neededBytes: 200, freeBytes: 100 }, { changes: 3, at: 4 }])
})

test.each(TroubleCode.options)('%s has words in both languages, and choices that lose nothing', (code) => {
  for (const language of ['en', 'ru']) {
    const path = join(import.meta.dirname, '../../shared/i18n', language, 'trouble.json')
    const { code: words } = JSON.parse(readFileSync(path, 'utf8')) as {
      code: Record<string, { title: string; text: string }>
    }
    const { title, text } = words[code] ?? { title: '', text: '' }
    expect([title, text].filter((said) => said.trim() === '')).toEqual([])
  }
  expect(CHOICES[code]).toContain('try-again')
  expect(CHOICES[code]).toContain('show-folder')
})
