import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogLine } from '../../../shared/model/log-line'
import { type LogState, type LogStep, MOST_LINES, MOST_WAITING, nextLogState, NOTHING_YET } from './log-state'

const lineOf = (count: number): LogLine => ({
  time: '2026-05-01T10:00:00.000Z',
  level: 'info',
  scope: '',
  message: 'Line',
  fields: { count },
  error: null,
})
const linesOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => lineOf(from + index))
const countsOf = ({ lines }: LogState) => lines.map(({ fields }) => fields['count'])
const run = (...steps: LogStep[]) => steps.reduce(nextLogState, NOTHING_YET)
const opened: LogStep = { do: 'opened', page: { lines: linesOf(10, 13), before: { file: '1', offset: 9 } } }
const news = (from: number, to: number): LogStep => ({ do: 'news', lines: linesOf(from, to), skipped: 0 })

test('new lines follow the old ones; while it stands still they wait', () => {
  const still = run(opened, news(13, 14), { do: 'pause' }, news(14, 16))
  const goes = nextLogState(still, { do: 'follow' })
  expect([countsOf(still), still.waiting.length, countsOf(goes), goes.waiting.length]).toEqual([
    [10, 11, 12, 13],
    2,
    [10, 11, 12, 13, 14, 15],
    0,
  ])
})

test('a failure of a later page keeps what is shown, one of the first leaves nothing to show', () => {
  const error = new Error('no')
  expect([run({ do: 'failed', error }).status, run(opened, { do: 'failed', error }).status]).toEqual([
    'failed',
    'ready',
  ])
})

const step: fc.Arbitrary<'news' | 'older' | 'pause' | 'follow'> = fc.constantFrom(
  'news',
  'older',
  'pause',
  'follow',
)

test('whatever happens, the lines are one piece in order, each keeps its number, and none is held beyond the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.integer({ min: 1, max: 900 })), { maxLength: 40 }), (steps) => {
      let state = run({ do: 'opened', page: { lines: linesOf(0, 3), before: { file: '1', offset: 9 } } })
      let [oldest, newest] = [0, 3]
      for (const [kind, many] of steps) {
        if (kind === 'news') {
          state = nextLogState(state, news(newest, newest + many))
          newest += many
        } else if (kind === 'older' && state.before !== null) {
          const page = { lines: linesOf(oldest - many, oldest), before: { file: '1', offset: 8 } }
          oldest -= many
          state = nextLogState(state, { do: 'older', page })
        } else if (kind === 'pause' || kind === 'follow') state = nextLogState(state, { do: kind })
        const counts = countsOf(state)
        expect(counts.every((count, index) => count === state.first + index || state.missed > 0)).toBe(true)
        expect(state.lines.length <= 2 * MOST_LINES + 900 && state.waiting.length <= MOST_WAITING).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
