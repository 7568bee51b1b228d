// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import { readDue } from './due'
import { currentText, speak, startTexts } from './texts'
import { dayName, duration, happened, happenedAt, longDay, promised, waited } from './time'

const MIN = 60_000
const HOUR = 60 * MIN
/** A Monday in Berlin, 10:42. */
const NOW = new Date(2026, 2, 9, 10, 42).getTime()
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime()

startTexts('en')

/** The dates of the languages put a no-break space where it looks like any other. */
const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/gu, ' ')

describe('times in English', () => {
  beforeEach(() => speak('en'))

  test.each([
    [30_000, '0 min'],
    [34 * MIN, '34 min'],
    [HOUR, '1 h'],
    [80 * MIN, '1 h 20'],
    [65 * MIN, '1 h 05'],
    [23 * HOUR + 59 * MIN, '23 h 59'],
    [24 * HOUR, '1 d'],
    [80 * HOUR, '3 d'],
  ])('%i ms are %s', (ms, words) => {
    expect(duration(ms, currentText())).toBe(words)
  })

  test('a promise names today with its time, then only the day', () => {
    const words = [at(9, 16), at(10, 9), at(16, 9), new Date(2027, 0, 2).getTime()]
    expect(words.map((when) => plain(promised(when, NOW, 'en', currentText())))).toEqual([
      'today 16:00',
      'tomorrow',
      '16 Mar',
      '2 Jan 2027',
    ])
  })

  test('what was is told by its time today and by its day before', () => {
    expect([at(9, 9, 12), at(8, 23, 59), at(3, 8)].map((when) => happened(when, NOW, 'en'))).toEqual([
      '09:12',
      'yesterday',
      '3 Mar',
    ])
    expect(happenedAt(at(8, 9, 12), NOW, 'en', currentText())).toBe('yesterday 09:12')
  })

  test('days are counted by the calendar, also when the clocks change', () => {
    const sunday = new Date(2026, 2, 29, 0, 30).getTime()
    expect(dayName(new Date(2026, 2, 30, 0, 5).getTime(), sunday, 'en')).toBe('tomorrow')
  })

  test('the first minute of waiting is just now', () => {
    expect([waited(NOW - 59_000, NOW, currentText()), waited(NOW - MIN, NOW, currentText())]).toEqual([
      'just now',
      '1 min',
    ])
  })

  test('a gap is told in full words', () => {
    expect(plain(longDay(at(9, 1), at(10, 1), 'en'))).toMatch(/^9 ?– ?10 March$/u)
  })
})

describe('the due chip', () => {
  const card = (over: object) => ({
    status: 'ASSIGNED' as const,
    dueAt: null,
    dueFrom: null,
    holdUntil: null,
    completedAt: null,
    ...over,
  })
  const chip = (over: object) => {
    const due = readDue(card(over), NOW, 'en', currentText())
    return due === null ? null : [due.tone, plain(due.text)]
  }
  beforeEach(() => speak('en'))

  test.each([
    ['nothing to say', {}, null],
    ['late', { dueAt: NOW - 4 * MIN, dueFrom: NOW - HOUR }, ['late', '4 min late']],
    [
      'the last quarter of the target',
      { dueAt: NOW + 15 * MIN, dueFrom: NOW - 45 * MIN },
      ['soon', 'in 15 min'],
    ],
    ['before the last quarter', { dueAt: NOW + 16 * MIN, dueFrom: NOW - 45 * MIN }, ['calm', 'today 10:58']],
    ['no known start', { dueAt: NOW + HOUR }, ['calm', 'today 11:42']],
    ['a long target, days ahead', { dueAt: NOW + 50 * HOUR, dueFrom: NOW - 400 * HOUR }, ['calm', '11 Mar']],
    ['on hold until later today', { status: 'ON_HOLD', holdUntil: at(9, 15) }, ['hold', 'until 15:00']],
    ['on hold until tomorrow', { status: 'ON_HOLD', holdUntil: at(10, 9) }, ['hold', 'until tomorrow']],
    ['on hold without an end', { status: 'ON_HOLD', dueAt: NOW - HOUR }, null],
    ['resolved today', { status: 'RESOLVED', completedAt: at(9, 10, 15) }, ['done', '10:15']],
    ['reopened', { status: 'OPEN', completedAt: at(8, 10), dueAt: NOW - MIN }, ['late', '1 min late']],
  ])('%s', (_name, over, expected) => {
    expect(chip(over)).toEqual(expected)
  })
})

describe('times in Russian', () => {
  beforeEach(() => speak('ru'))

  test('are written as an office there writes them', () => {
    const t = currentText()
    expect([
      duration(82 * MIN, t),
      plain(promised(at(9, 16), NOW, 'ru', t)),
      promised(at(10, 9), NOW, 'ru', t),
      plain(promised(at(16, 9), NOW, 'ru', t)),
    ]).toEqual(['1 ч 22', 'сегодня 16:00', 'завтра', '16 мар.'])
  })

  test('count in all three plural forms', () => {
    const t = currentText()
    expect([1, 3, 5, 11, 21].map((count) => t('rail.new', { count }))).toEqual([
      '1 новая заявка',
      '3 новые заявки',
      '5 новых заявок',
      '11 новых заявок',
      '21 новая заявка',
    ])
  })
})
