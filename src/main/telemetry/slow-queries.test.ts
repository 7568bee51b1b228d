import { expect, test } from 'vitest'
import { memoryLog } from '../testing/office'
import { createMeasures } from './measures'
import { createQueryTimes } from './slow-queries'

const query = { name: 'select requests by id', plan: () => 'SCAN requests' }

test('every query is counted, and only a slow one is written about, with its plan', () => {
  const measures = createMeasures()
  const log = memoryLog()
  const tell = createQueryTimes({ measures, log, now: () => 0 })(query)
  for (const ms of [0.2, 40, 57.4]) tell(ms)

  const timing = measures.timings('query').get('select requests by id')
  expect({ count: timing?.count, maxMs: timing?.maxMs, lines: log.lines }).toEqual({
    count: 3,
    maxMs: 57.4,
    lines: [
      {
        level: 'warn',
        message: 'Slow query: select requests by id. Plan: SCAN requests',
        fields: { scope: 'db', ms: 57 },
      },
    ],
  })
})

test('the same slow query is written about once a minute, another one at once, and a clock set back silences none', () => {
  const log = memoryLog()
  let now = 100_000
  const watch = createQueryTimes({ measures: createMeasures(), log, now: () => now })
  const tells: Record<string, (ms: number) => void> = {
    one: watch({ ...query, name: 'one' }),
    other: watch({ ...query, name: 'other' }),
  }
  const written = (at: number, name: string) => {
    now = at
    const before = log.lines.length
    tells[name]?.(50)
    return log.lines.length - before
  }

  expect([
    written(100_000, 'one'),
    written(159_999, 'one'),
    written(159_999, 'other'),
    written(160_000, 'one'),
    written(50_000, 'one'),
  ]).toEqual([1, 0, 1, 1, 1])
})
