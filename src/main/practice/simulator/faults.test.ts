import { expect, test } from 'vitest'
import type { Fault } from './faults'
import { callApi, startedPerson, testSimulator } from './simulator-fixture'

const call = { chat_id: 42, text: 'hello' }

/** What a client sees, and whether the message was sent all the same. */
async function played(fault: Fault): Promise<unknown> {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  simulator.faults.once('sendMessage', fault)
  const seen = await fetch(`${simulator.apiRoot}/bot${simulator.token}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
    signal: AbortSignal.timeout(300),
  })
    .then(async (response) => [response.status, (await response.text()).slice(0, 30)])
    .catch((error: unknown) => (error as Error).name)
  const { ok, handled, errorCode } = simulator.ledger.at(-1) ?? {}
  return { seen, sent: ada.messages().length - 1, ok, handled, errorCode }
}

const cases: readonly (readonly [Fault, unknown])[] = [
  [
    { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' },
    { seen: [502, '<html>Bad Gateway</html>'], sent: 0, ok: false, handled: false, errorCode: 502 },
  ],
  [
    { kind: 'retryAfter', seconds: 7 },
    { seen: [429, '{"ok":false,"error_code":429,"'], sent: 0, ok: false, handled: false, errorCode: 429 },
  ],
  [{ kind: 'hang' }, { seen: 'TimeoutError', sent: 0, ok: false, handled: false }],
  [{ kind: 'dropBefore' }, { seen: 'TypeError', sent: 0, ok: false, handled: false }],
  [{ kind: 'dropAfter' }, { seen: 'TypeError', sent: 1, ok: false, handled: true }],
  [{ kind: 'closeMidBody' }, { seen: 'TypeError', sent: 1, ok: false, handled: true }],
  [
    { kind: 'malformed', body: '{"ok":true' },
    { seen: [200, '{"ok":true'], sent: 0, ok: false, handled: false, errorCode: 200 },
  ],
  [
    { kind: 'drip', bytesPerSecond: 20 },
    { seen: 'TimeoutError', sent: 1, ok: true, handled: true },
  ],
  [
    { kind: 'delay', ms: 20 },
    { seen: [200, '{"ok":true,"result":{"message_'], sent: 1, ok: true, handled: true },
  ],
]

test.each(cases)('the fault %o looks as it would on a bad day', async (fault, outcome) => {
  expect(await played(fault)).toEqual(outcome)
})

test('counted faults go before constant ones and are then over', async () => {
  const simulator = await testSimulator()
  simulator.faults.always('*', { kind: 'status', status: 500 })
  simulator.faults.times('getMe', 2, { kind: 'retryAfter', seconds: 1 })
  const codes = []
  for (let count = 0; count < 3; count += 1) codes.push((await callApi(simulator, 'getMe')).error_code)
  simulator.faults.clear()
  codes.push((await callApi(simulator, 'getMe')).error_code)
  expect(codes).toEqual([429, 429, 500, undefined])
})

test('stopping does not wait for open polls and hanging calls', async () => {
  const simulator = await testSimulator()
  simulator.faults.once('getMe', { kind: 'hang' })
  const open = [callApi(simulator, 'getMe'), callApi(simulator, 'getUpdates', { timeout: 50 })]
  const ended = Promise.allSettled(open)
  while (simulator.ledger.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  const started = performance.now()
  await simulator.stop()
  const statuses = (await ended).map((result) => result.status)
  expect([statuses, performance.now() - started < 500]).toEqual([['rejected', 'rejected'], true])
})
