import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from './redact'
import { reportText } from './support-report'

const parts = { at: 0, versions: {}, settings: {}, lines: [], hasOlder: false }
const healthOf = (facts: unknown) =>
  /== Health ==\n([^]*?)\n\n== Settings/.exec(reportText({ ...parts, facts }, createRedactor()))?.[1]

test('facts are numbers, yes or no, and words of programmers; what somebody wrote is left out', () => {
  expect(
    healthOf({
      bot: { state: 'receiving', name: 'Linden Court Help' },
      backup: null,
      isOld: false,
      outbox: [{ waiting: 3 }, { waiting: 0 }],
      'Anna Petrova': 1,
      phone: '+34 612 34 56 78',
      id: 5550001234,
    })?.split('\n'),
  ).toEqual([
    'bot.state: receiving',
    'bot.name: [left out]',
    'backup: none',
    'isOld: no',
    'outbox.0.waiting: 3',
    'outbox.1.waiting: 0',
    'phone: [left out]',
    'id: 5550001234',
  ])
})

test('facts of any shape and depth make a report of bounded size without a sentence in it', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, maxDepth: 9 }), (facts) => {
      const canary = { facts, note: 'water drips here', list: [['water drips here']] }
      const text = healthOf(canary)
      expect([text?.includes('water drips'), (text?.length ?? 0) < 1_000_000]).toEqual([false, true])
    }),
  )
})
