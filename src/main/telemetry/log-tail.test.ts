import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { LogFilter } from '../../shared/model/log-line'
import type { LogEntry } from './log-entry'
import { wantedBy } from './log-lines'
import { createLogTail, type TailBatch } from './log-tail'

const ALL: LogFilter = { level: 'debug', scope: null, request: null, text: '' }

function entry(count: number, level: LogEntry['level'] = 'info'): LogEntry {
  const time = '2026-05-01T10:00:00.000Z'
  return { time, level, scope: 'poll', message: 'Line', version: '1', device: null, fields: { count } }
}

function open() {
  const listeners = new Set<(entry: LogEntry) => void>()
  const batches: TailBatch[] = []
  const tail = createLogTail({
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    send: (batch) => batches.push(batch),
  })
  const write = (given: LogEntry) => {
    for (const listener of listeners) listener(given)
  }
  const counts = () =>
    batches.map(({ tail: of, lines, skipped }) => [of, lines.map(({ fields }) => fields['count']), skipped])
  return { tail, write, counts, listeners }
}

test('lines that fit are sent together after a moment, and nobody listens once nobody follows', async () => {
  const { tail, write, counts, listeners } = open()
  write(entry(0))
  const first = tail.follow(wantedBy({ ...ALL, level: 'warn' }))
  write(entry(1, 'warn'))
  write(entry(2))
  write(entry(3, 'error'))
  await pause(350)
  tail.stop()
  write(entry(4, 'error'))
  await pause(350)
  expect([first, counts(), listeners.size]).toEqual([1, [[1, [1, 3], 0]], 0])
})

test('a new following ends the one before it', async () => {
  const { tail, write, counts, listeners } = open()
  tail.follow(wantedBy(ALL))
  write(entry(1))
  const second = tail.follow(wantedBy(ALL))
  write(entry(2))
  await pause(350)
  expect([second, counts(), listeners.size]).toEqual([2, [[2, [2], 0]], 1])
  tail.stop()
})

test('of a flood only some lines are sent, and how many were left out', async () => {
  const { tail, write, counts } = open()
  tail.follow(wantedBy(ALL))
  for (let count = 0; count < 1000; count += 1) write(entry(count))
  await pause(350)
  tail.stop()
  expect(counts().map(([of, lines, skipped]) => [of, (lines as unknown[]).length, skipped])).toEqual([
    [1, 200, 800],
  ])
})
