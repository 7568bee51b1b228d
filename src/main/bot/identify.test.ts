import { expect, test } from 'vitest'
import type { Refusal } from '../../shared/model/refusal'
import { startSimulator } from '../practice/simulator/start-simulator'
import { createHttpClient } from './http-client'
import { identify, removeWebhook } from './identify'

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error as Refusal).code,
  )
}

test('a token tells whose bot it is and whether a webhook is in the way, which can be removed', async () => {
  const simulator = await startSimulator()
  const http = createHttpClient()
  const { token, apiRoot } = simulator
  const free = (await identify(token, apiRoot, http)).identity
  simulator.setWebhook('https://bots.example.com:8443/hook?x=1')
  const taken = (await identify(token, apiRoot, http)).identity.webhook
  await removeWebhook(token, apiRoot, http)
  const after = (await identify(token, apiRoot, http)).identity.webhook
  await http.close()
  await simulator.stop()

  expect([free, taken, after]).toEqual([
    { id: 7_204_000_001, name: 'Facility Dispatcher', username: 'facility_practice_bot', webhook: null },
    'bots.example.com:8443',
    null,
  ])
})

test('a token that is none, a refused one and an unreachable Telegram are told apart', async () => {
  const simulator = await startSimulator()
  const http = createHttpClient()
  const { token, apiRoot } = simulator
  const codes = [await refusalOf(identify('my token', apiRoot, http))]
  simulator.revokeToken()
  codes.push(await refusalOf(identify(token, apiRoot, http)))
  codes.push(await refusalOf(removeWebhook(token, apiRoot, http)))
  const fresh = simulator.issueToken()
  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'retryAfter', seconds: 5 },
    { kind: 'malformed', body: '<html>' },
    { kind: 'dropBefore' },
  ] as const) {
    simulator.faults.once('getMe', fault)
    codes.push(await refusalOf(identify(fresh, apiRoot, http)))
  }
  await http.close()
  await simulator.stop()

  expect(codes).toEqual([
    'token-malformed',
    'token-refused',
    'token-refused',
    'telegram-unreachable',
    'telegram-unreachable',
    'telegram-unreachable',
    'telegram-unreachable',
  ])
})
