import { expect, test } from 'vitest'
import { dueBackup, isDrillDue, isOld } from './schedule'

const HOUR = 3_600_000
const NOON = new Date(2026, 5, 1, 12).getTime()

test.each([
  ['without any backup a daily one is due', null, false, 'daily'],
  ['on a new day a daily one is due, though nothing happened', NOON - 13 * HOUR, false, 'daily'],
  ['an hour after the last one another is due when something happened', NOON - HOUR, true, 'hourly'],
  ['an hour after the last one none is due when nothing happened', NOON - HOUR, false, null],
  ['within the hour none is due', NOON - HOUR + 1, true, null],
  ['a clock that was set back by an hour does not stop the backups', NOON + HOUR, true, 'hourly'],
] as const)('%s', (_name, newestAt, changed, due) => {
  expect(dueBackup({ now: NOON, newestAt, changed })).toEqual(due)
})

test('a drill is due every week, and at first', () => {
  expect([null, NOON - 7 * 24 * HOUR, NOON - 7 * 24 * HOUR + 1].map((at) => isDrillDue(NOON, at))).toEqual([
    true,
    true,
    false,
  ])
})

test('a backup is old after 26 hours; without any it counts how long there have been data', () => {
  expect([
    isOld(NOON, NOON - 26 * HOUR, 0),
    isOld(NOON, NOON - 26 * HOUR - 1, 0),
    isOld(NOON, null, NOON - 26 * HOUR),
    isOld(NOON, null, NOON - 27 * HOUR),
  ]).toEqual([false, true, false, true])
})
