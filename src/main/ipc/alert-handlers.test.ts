import { afterEach, beforeEach, expect, test } from 'vitest'
import { contract, type Handlers } from '../../shared/ipc/contract'
import { AlertSettings } from '../../shared/model/alerts'
import { sampleFacts } from '../testing/sample-facts'
import { openWorld, type World } from '../testing/world'
import { alertHandlers, historyHandler } from './alert-handlers'

let world: World
let looks: number
let handlers: Handlers['alerts']
const deps = () => ({
  ...world,
  lookNow: () => {
    looks += 1
  },
  now: () => world.clock.now,
})
beforeEach(() => {
  world = openWorld()
  looks = 0
  handlers = alertHandlers(deps())
})
afterEach(() => {
  world.close()
})

function raise() {
  world.alerting.look(
    {
      facts: sampleFacts(world.clock.now, { disk: { state: 'full', freeBytes: 1 } }),
      recent: { sendsFailed: 0, errors: 0 },
      away: null,
      retryingSince: null,
      unassigned: { urgent: null, any: null },
    },
    { minute: 0, hold: { raise: 0, end: 0 } },
  )
}

test('an open alert is listed as the contract promises, and can be seen and put off', async () => {
  raise()
  const listed = contract.alerts.list.output.parse(await handlers.list())
  const [alert] = listed.open
  expect(listed.open.map(({ key, level }) => [key, level])).toEqual([['disk-low', 'critical']])
  const id = alert?.id ?? 0
  await handlers.snooze({ id, minutes: 60 })
  await handlers.acknowledge({ id })
  const after = contract.alerts.list.output.parse(await handlers.list()).open[0]
  expect([after?.acknowledgedAt, after?.snoozedUntil, looks]).toEqual([world.clock.now, null, 1])
})

test('settings are kept, and looked at at once', async () => {
  const changed = { ...AlertSettings.parse({}), quiet: null, off: ['errors' as const] }
  await handlers.saveSettings(changed)
  expect([await handlers.settings(), looks]).toEqual([changed, 1])
})

test('the manager’s chat is linked by a one-time link and can be unlinked', async () => {
  expect(await handlers.chat()).toBeNull()
  const { link, expiresAt } = contract.alerts.linkChat.output.parse(await handlers.linkChat())
  // No bot is connected, so there is no address to give.
  expect([link, expiresAt]).toEqual(['', world.clock.now + 3_600_000])
  world.linking.link(world.meet(900, 'Kim'), world.linking.makeCode().code)
  expect(await handlers.chat()).toEqual({ name: 'Kim', linkedAt: world.clock.now, reachable: true })
  await handlers.unlinkChat()
  expect(await handlers.chat()).toBeNull()
})

test('a history without any sample is one gap', async () => {
  const history = contract.health.history.output.parse(await historyHandler(deps())({ span: 'day' }))
  expect([history.points.length, history.points.every((point) => point === null)]).toEqual([144, true])
})
