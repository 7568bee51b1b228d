import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NO_CONDITIONS } from '../../shared/model/conditions'
import { Facts } from '../../shared/model/facts'
import { saveListening, storeIncoming } from '../db/inbox'
import { enqueue } from '../db/outbox'
import { writeSetting } from '../db/settings'
import { createMeasures, type Measures } from '../telemetry/measures'
import { openWorld, type World } from '../testing/world'
import { collectFacts } from './collect-facts'

let folder: string
let world: World
let measures: Measures
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'))
  world = openWorld()
  measures = createMeasures()
})
afterEach(() => {
  world.close()
  rmSync(folder, { recursive: true, force: true })
})

function facts(): Facts {
  return collectFacts({
    folder,
    read: world.database.read,
    measures,
    startedAt: 5,
    now: () => world.clock.now,
    botState: () => ({ kind: 'receiving', name: 'House', username: 'house_bot', since: 1 }),
    conditions: () => NO_CONDITIONS,
    backup: () => ({ lastAt: 7, isOld: false }),
    checkedAt: () => null,
    freeBytes: () => 123,
    memoryBytes: () => 456,
    loopDelayMs: () => 1.5,
  })
}

test('an office in which nothing has happened', () => {
  expect(facts()).toEqual({
    at: world.clock.now,
    startedAt: 5,
    bot: { state: 'receiving', lastAnsweredAt: null },
    inbox: { waiting: 0, oldestAt: null, setAside: 0 },
    outbox: { waiting: 0, oldestAt: null, unknown: 0, failed: 0 },
    totals: {
      updatesReceived: 0,
      updatesHandled: 0,
      updatesFailed: 0,
      sendsDone: 0,
      sendsFailed: 0,
      sendsRetried: 0,
      errors: 0,
      windowErrors: 0,
    },
    database: { bytes: 0, walBytes: 0, check: 'none-yet' },
    backup: { lastAt: 7, isOld: false },
    disk: { state: 'enough', freeBytes: 123 },
    process: { loopDelayMs: 1.5, memoryBytes: 456 },
    requests: {
      byStatus: { OPEN: 0, ASSIGNED: 0, IN_PROGRESS: 0, ON_HOLD: 0, RESOLVED: 0 },
      atRisk: 0,
      overdue: 0,
      oldestUnassignedAt: null,
    },
    sync: null,
  })
})

test('what waits, what failed, what is late, and since when', () => {
  writeFileSync(join(folder, 'dispatcher.db'), 'x'.repeat(10))
  writeFileSync(join(folder, 'dispatcher.db-wal'), 'x'.repeat(3))
  const { now } = world.clock
  world.write((db) => {
    writeSetting(db, 'bot', { id: 9, name: 'House', username: 'house_bot' })
    saveListening(db, { botId: 9, epoch: 0, nextOffset: 4, lastOkAt: now - 30 })
    storeIncoming(db, {
      botId: 9,
      epoch: 0,
      updateId: 1,
      chatId: 1,
      kind: 'message',
      receivedAt: 40,
      payload: '{}',
    })
    enqueue(db, {
      dedupeKey: 'a',
      chatId: 1,
      kind: 'status',
      cardId: null,
      requestId: null,
      method: 'message',
      payload: {},
      policy: 'at-most-once',
      notBefore: now - 70,
      createdAt: 1,
    })
  })
  const report = world.report(world.meet(501, 'Anna'))
  measures.count('updates-received', '', 4)
  measures.count('sends', 'card sent', 2)
  measures.count('sends', 'message refused')
  measures.count('log-lines', 'error')
  const soon = facts()
  world.clock.now += 400 * 24 * 3_600_000
  const late = facts()
  expect([
    soon.bot.lastAnsweredAt,
    soon.inbox,
    soon.outbox.oldestAt,
    soon.database,
    [soon.totals.updatesReceived, soon.totals.sendsDone, soon.totals.sendsFailed, soon.totals.errors],
    soon.requests.byStatus.OPEN,
    soon.requests.oldestUnassignedAt,
    [soon.requests.overdue, late.requests.overdue],
  ]).toEqual([
    now - 30,
    { waiting: 1, oldestAt: 40, setAside: 0 },
    now - 70,
    { bytes: 10, walBytes: 3, check: 'none-yet' },
    [4, 2, 1, 1],
    1,
    report.createdAt,
    [0, 1],
  ])
  // It goes through the contract.
  expect(Facts.parse(soon)).toEqual(soon)
})
