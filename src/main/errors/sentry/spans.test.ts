import type { TransactionEvent } from '@sentry/core'
import { expect, test } from 'vitest'
import { createSpans } from './spans'

function open(chance: number) {
  const sent: TransactionEvent[] = []
  let now = 0
  const record = createSpans({
    send: (event) => sent.push(event),
    random: () => chance,
    now: () => (now += 1000),
  })
  return { record, sent }
}

test('what lies inside an update is told with it, each under what it lies in', async () => {
  const { record, sent } = open(0)
  await record('update', 'handle', async () => {
    await Promise.resolve()
    record('use-case', 'drafting.text', () => {
      record('query', 'transact', () => 1)
    })
    record('query', 'transact', () => 2)
  })
  const [event] = sent
  const spans = event?.spans ?? []
  const inside = (name: string) => spans.find(({ op }) => op === name)
  expect([
    sent.length,
    event?.transaction,
    spans.map(({ op, description }) => [op, description]),
    inside('query')?.parent_span_id === inside('use-case')?.span_id,
    inside('use-case')?.parent_span_id === event?.contexts?.trace?.span_id,
    spans.at(-1)?.parent_span_id === event?.contexts?.trace?.span_id,
  ]).toEqual([
    1,
    'handle',
    [
      ['query', 'transact'],
      ['use-case', 'drafting.text'],
      ['query', 'transact'],
    ],
    true,
    true,
    true,
  ])
})

test('one in fifty is measured, and what it gives or throws stays the same', () => {
  const often = open(0.019)
  const seldom = open(0.021)
  expect([
    often.record('send', 'sendMessage', () => 1),
    seldom.record('send', 'sendMessage', () => 2),
  ]).toEqual([1, 2])
  expect(() =>
    often.record('send', 'sendMessage', () => {
      throw new RangeError('x')
    }),
  ).toThrow(RangeError)
  expect([often.sent.length, seldom.sent.length]).toEqual([2, 0])
})
