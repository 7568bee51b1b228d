import { expect, test } from 'vitest'
import { type AlertKey, AlertSettings } from '../../shared/model/alerts'
import type { Facts } from '../../shared/model/facts'
import { at } from '../testing/sample-request'
import { sampleFacts } from '../testing/sample-facts'
import { causesOf, isQuiet, type Seen } from './alert-rules'

const NOW = at('2026-03-02 12:00')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const USUAL = AlertSettings.parse({})

function seen(facts: Partial<Facts>, given: Partial<Omit<Seen, 'facts'>> = {}): Seen {
  return {
    facts: sampleFacts(NOW, facts),
    recent: { sendsFailed: 0, errors: 0 },
    away: null,
    retryingSince: null,
    unassigned: { urgent: null, any: null },
    ...given,
  }
}

const silent = (hours: number, state = 'offline'): Partial<Facts> => ({
  startedAt: NOW - 48 * HOUR,
  bot: { state, lastAnsweredAt: NOW - hours * HOUR },
})
const waits = (minutes: number) => ({ id: 'r', number: '7', at: NOW - minutes * MINUTE })
const backupOf = (hours: number) => ({ backup: { lastAt: NOW - hours * HOUR, isOld: false } })
const diskOf = (state: Facts['disk']['state'], megabytes: number) => ({
  disk: { state, freeBytes: megabytes * 1024 * 1024 },
})
const lateBy = (minutes: number): Partial<Facts> => ({
  outbox: { waiting: 1, oldestAt: NOW - minutes * MINUTE, unknown: 0, failed: 0 },
})

type Case = { readonly name: string; readonly seen: Seen; readonly causes: readonly string[] }

const cases: readonly Case[] = [
  { name: 'nothing is wrong', seen: seen({}), causes: [] },
  { name: 'silent for 4 minutes', seen: seen(silent(4 / 60)), causes: [] },
  { name: 'silent for 5 minutes', seen: seen(silent(5 / 60)), causes: ['critical not-listening'] },
  { name: 'no bot is connected', seen: seen(silent(30, 'no-token')), causes: [] },
  {
    name: 'the program has just started after a long silence',
    seen: seen({ ...silent(5), startedAt: NOW - MINUTE }),
    causes: [],
  },
  {
    name: 'silent for 12 hours',
    seen: seen(silent(12)),
    causes: ['warning day-limit', 'critical not-listening'],
  },
  {
    name: 'silent for 20 hours',
    seen: seen(silent(20)),
    causes: ['critical day-limit', 'critical not-listening'],
  },
  {
    name: 'the program was off for 13 hours',
    seen: seen({}, { away: { from: NOW - 14 * HOUR, to: NOW - HOUR } }),
    causes: ['warning was-away'],
  },
  {
    name: 'the program was off for an hour',
    seen: seen({}, { away: { from: NOW - 2 * HOUR, to: NOW - HOUR } }),
    causes: [],
  },
  {
    name: 'the program was off, but that was yesterday',
    seen: seen({}, { away: { from: NOW - 48 * HOUR, to: NOW - 24 * HOUR } }),
    causes: [],
  },
  { name: 'a message waits for 14 minutes', seen: seen(lateBy(14)), causes: [] },
  { name: 'a message waits for 15 minutes', seen: seen(lateBy(15)), causes: ['warning sends-failing'] },
  {
    name: 'a message is tried in vain for 15 minutes, and put off by each try',
    seen: seen({}, { retryingSince: NOW - 15 * MINUTE }),
    causes: ['warning sends-failing'],
  },
  {
    name: 'a message waits because there is no line',
    seen: seen({ ...lateBy(15), bot: { state: 'starting', lastAnsweredAt: NOW } }),
    causes: [],
  },
  {
    name: 'five messages were given up',
    seen: seen({}, { recent: { sendsFailed: 5, errors: 0 } }),
    causes: ['warning sends-failing'],
  },
  { name: 'nobody has looked at the disk yet', seen: seen(diskOf('enough', 0)), causes: [] },
  { name: '499 MB are free', seen: seen(diskOf('enough', 499)), causes: ['warning disk-low'] },
  {
    name: 'the disk takes no attachments',
    seen: seen(diskOf('very-low', 90)),
    causes: ['critical disk-low'],
  },
  { name: 'the backup is 25 hours old', seen: seen(backupOf(25)), causes: [] },
  { name: 'the backup is 26 hours old', seen: seen(backupOf(26)), causes: ['warning backup-old'] },
  {
    name: 'there is no backup, and there should be',
    seen: seen({ backup: { lastAt: null, isOld: true } }),
    causes: ['warning backup-old'],
  },
  { name: 'there are no backups at all', seen: seen({ backup: null }), causes: [] },
  {
    name: 'ten errors',
    seen: seen({}, { recent: { sendsFailed: 0, errors: 10 } }),
    causes: ['warning errors'],
  },
  {
    name: 'the check has found damage',
    seen: seen({ database: { bytes: 1, walBytes: 0, check: 'failed' } }),
    causes: ['critical database-check'],
  },
  {
    name: 'a request waits for 239 minutes',
    seen: seen({}, { unassigned: { urgent: null, any: waits(239) } }),
    causes: [],
  },
  {
    name: 'a request waits for 240 minutes',
    seen: seen({}, { unassigned: { urgent: null, any: waits(240) } }),
    causes: ['warning unassigned'],
  },
  {
    name: 'an urgent request waits for 15 minutes',
    seen: seen({}, { unassigned: { urgent: waits(15), any: waits(300) } }),
    causes: ['critical unassigned'],
  },
]

test.each(cases)('$name', ({ seen: moment, causes }) => {
  expect(causesOf(moment, USUAL).map(({ key, level }) => `${level} ${key}`)).toEqual(causes)
})

test('what the manager has switched off is never a cause', () => {
  const everything = seen(
    { ...silent(30), ...diskOf('full', 1), backup: { lastAt: null, isOld: true } },
    { recent: { sendsFailed: 99, errors: 99 }, unassigned: { urgent: waits(999), any: waits(999) } },
  )
  const off: AlertKey[] = causesOf(everything, USUAL).map(({ key }) => key)
  expect(off.length).toBeGreaterThan(5)
  expect(causesOf(everything, { ...USUAL, off })).toEqual([])
})

test.each([
  [{ from: 1320, until: 480 }, 1319, false],
  [{ from: 1320, until: 480 }, 1320, true],
  [{ from: 1320, until: 480 }, 479, true],
  [{ from: 1320, until: 480 }, 480, false],
  [{ from: 60, until: 120 }, 90, true],
  [{ from: 60, until: 120 }, 120, false],
  [{ from: 60, until: 60 }, 60, false],
  [null, 0, false],
])('quiet hours %j at minute %i: %s', (quiet, minute, expected) => {
  expect(isQuiet(quiet, minute)).toBe(expected)
})
