import { expect, test } from 'vitest'
import {
  BadMigrationFiles,
  BadTarget,
  BrokenLedger,
  ChangedHistory,
  CopyFailed,
  DatabaseFromTheFuture,
  ForeignDatabase,
  type MigrationError,
  MigrationFailed,
  NotEnoughSpace,
  NotReversible,
} from './errors'
import { heard, ToldError, told } from './told-error'

const ERRORS: readonly MigrationError[] = [
  new BadMigrationFiles(['one', 'two']),
  new BadTarget('a'),
  new BrokenLedger('b'),
  new ChangedHistory('c'),
  new CopyFailed('d'),
  new DatabaseFromTheFuture(3, 2, '9.9.9'),
  new DatabaseFromTheFuture(3, 2, null),
  new ForeignDatabase('e'),
  new MigrationFailed({ migration: 'm', reason: 'statement', statement: 4 }, 'detail'),
  new MigrationFailed({ migration: 'm', reason: 'orphans' }, 'detail'),
  new NotEnoughSpace('/folder', 10, 5),
  new NotReversible('m', true),
  new NotReversible('m', false),
]

test.each(ERRORS.map((error) => [error.message, error] as const))(
  'an error crosses to another thread and is the same: %s',
  (_, error) => {
    const arrived = heard(ToldError.parse(structuredClone(told(error))))
    expect(arrived).toEqual(error)
    expect([arrived.constructor, arrived.code]).toEqual([error.constructor, error.code])
  },
)

test('every reason why a database is not opened can be told', () => {
  const codes = new Set(ERRORS.map(({ code }) => code))
  expect([...codes].sort()).toEqual(ToldError.options.map(({ shape }) => shape.code.value).sort())
})
