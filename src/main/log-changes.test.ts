import { expect, test } from 'vitest'
import { RequestId } from '../shared/model/ids'
import { noteChange, touch } from './db/database'
import { logChanges } from './log-changes'
import { withContext } from './telemetry/context'
import { memoryLog } from './testing/office'
import { openTestDatabase } from './testing/test-database'

const id = RequestId.parse('01234567-0123-7123-8123-012345678901')

function open() {
  const database = openTestDatabase()
  const log = memoryLog()
  logChanges(database, log)
  const change = (number: string, isNew: boolean) => {
    database.transact((db) => {
      touch(db, 'requests', id)
      noteChange(db, { requestId: id, number, isNew, status: 'OPEN', columns: ['status', 'assignedTo'] })
    })
  }
  return { database, log, change }
}

test('what happened to requests is logged once it is committed', () => {
  const { log, change } = open()
  change('1', true)
  withContext({ updateId: 7 }, () => {
    change('1', false)
  })
  const about = { scope: 'requests', requestId: id, requestNumber: '1', status: 'OPEN' }
  expect(log.lines).toEqual([
    { level: 'info', message: 'A request was created', fields: about },
    { level: 'info', message: 'A request was changed', fields: { ...about, columns: 'status,assignedTo' } },
  ])
})

test('what was taken back has not happened: one step of a batch, a whole batch, a transaction', () => {
  const { database, log, change } = open()
  const { batch } = database
  batch.begin()
  change('1', true)
  batch.keep()
  change('2', true)
  batch.undo()
  change('3', true)
  batch.keep()
  batch.commit()
  batch.begin()
  change('4', true)
  batch.keep()
  batch.rollback()
  expect(() =>
    database.transact((db) => {
      touch(db, 'requests', id)
      noteChange(db, { requestId: id, number: '5', isNew: true, status: 'OPEN', columns: [] })
      throw new Error('no')
    }),
  ).toThrow('no')
  change('6', true)
  expect(log.lines.map(({ fields }) => (fields as { requestNumber: string }).requestNumber)).toEqual([
    '1',
    '3',
    '6',
  ])
})
