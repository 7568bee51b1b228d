import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Facts } from '../../shared/model/facts'
import { memoryLog } from '../testing/office'
import { sampleFacts } from '../testing/sample-facts'
import { openWorld, type World } from '../testing/world'
import { startMonitor } from './monitor'
import { createRecent } from './recent'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  world.close()
})

function open({ alerts = true, away = null as { from: number; to: number } | null } = {}) {
  const given: { facts: Partial<Facts>; fails: boolean } = { facts: {}, fails: false }
  const log = memoryLog()
  const told: string[] = []
  const monitor = startMonitor({
    facts: () => {
      if (given.fails) throw new Error('no figures')
      return sampleFacts(world.clock.now, given.facts)
    },
    database: world.database,
    alerting: alerts ? world.alerting : null,
    away,
    now: () => world.clock.now,
    log,
    // Only `look` looks in these tests; a cause counts after two minutes.
    everyMs: MINUTE,
    onNews: (news) => told.push(...news.told.map(({ key }) => key)),
    onLook: () => {},
  })
  return {
    given,
    log,
    told,
    lookAfter: (minutes: number) => {
      world.pass(minutes * MINUTE)
      monitor.look()
    },
    stop: monitor.stop,
  }
}

const samples = () => world.sqlite.prepare('select count(*) from health_samples where span = 1').pluck().get()

test('a cause that lasts is told after two looks, and a line of the log names it', () => {
  const { given, told, log, lookAfter, stop } = open()
  given.facts = { disk: { state: 'full', freeBytes: 1 } }
  lookAfter(1)
  lookAfter(1)
  expect(told).toEqual([])
  lookAfter(1)
  stop()
  expect([told, log.lines.map(({ message }) => message)]).toEqual([['disk-low'], ['An alert was raised']])
})

test('the history gets one sample a minute, in the practice building too, where nothing is told', () => {
  const { given, told, lookAfter, stop } = open({ alerts: false })
  given.facts = { disk: { state: 'full', freeBytes: 1 } }
  for (const minutes of [1, 0.2, 0.2, 1, 1]) lookAfter(minutes)
  stop()
  expect([samples(), told]).toEqual([3, []])
})

test('after a start that follows half a day of silence, people are told so', () => {
  const { told, lookAfter, stop } = open({ away: { from: world.clock.now - 13 * HOUR, to: world.clock.now } })
  lookAfter(2)
  stop()
  expect(told).toEqual(['was-away'])
})

test('a computer that slept for half a day counts as away', () => {
  const { told, lookAfter, stop } = open()
  // Half past nine in the evening: later on a warning would wait for the morning.
  lookAfter(12.5 * 60)
  lookAfter(2)
  stop()
  expect(told).toEqual(['was-away'])
})

test('a look that fails is a warning in the log, and the next one goes on', () => {
  const { given, log, lookAfter, stop } = open()
  given.fails = true
  lookAfter(1)
  given.fails = false
  lookAfter(1)
  stop()
  expect([log.lines.map(({ level }) => level), samples()]).toEqual([['warn'], 1])
})

test('recent is what happened within ten minutes', () => {
  const recent = createRecent()
  const { totals } = sampleFacts(0)
  const after = (minutes: number, errors: number) =>
    recent({ at: minutes * MINUTE, totals: { ...totals, errors } }).errors
  expect([after(0, 3), after(5, 7), after(10, 7), after(15, 8), after(16, 8), after(2, 8)]).toEqual([
    0, 4, 4, 1, 1, 0,
  ])
})
