import { afterEach, beforeEach, expect, test } from 'vitest'
import { AlertSettings } from '../../shared/model/alerts'
import type { Facts } from '../../shared/model/facts'
import { renderOutgoing } from '../bot/render/render-outgoing'
import { addAlert, findOpenAlerts, findPastAlerts, PAST_ALERTS_KEPT } from '../db/alerts'
import { findDue } from '../db/outbox'
import type { Seen } from '../domain/alert-rules'
import { sampleFacts } from '../testing/sample-facts'
import { openWorld, type World } from '../testing/world'
import { createAlerting, TELEGRAM_PER_HOUR } from './alerting'

const MINUTE = 60_000
const HOLD = { raise: 0, end: 0 }
const NOON = 12 * 60
const NIGHT = 2 * 60

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  world.close()
})

function seen(given: Partial<Facts> = {}): Seen {
  return {
    facts: sampleFacts(world.clock.now, given),
    recent: { sendsFailed: 0, errors: 0 },
    away: null,
    retryingSince: null,
    unassigned: { urgent: null, any: null },
  }
}
const little = (): Seen => seen({ disk: { state: 'low', freeBytes: 1_000_000 } })
const none = (): Seen => seen({ disk: { state: 'full', freeBytes: 1 } })
const look = (moment: Seen, minute = NOON) => world.alerting.look(moment, { minute, hold: HOLD })
const keysOf = (alerts: readonly { readonly key: string }[]) => alerts.map(({ key }) => key)

function linkChat() {
  const kim = world.meet(900, 'Kim')
  world.linking.link(kim, world.linking.makeCode().code)
}
/** What the manager reads now in their own chat. */
function reads(shown = false): string[] {
  return findDue(world.read, world.clock.now, 50, new Set()).flatMap((row) => {
    const call = world.write((db) => renderOutgoing(db, row, { now: world.clock.now, newCode: () => 'code' }))
    if (call === null) return shown ? [''] : []
    return 'text' in call && call.text !== null && typeof call.text !== 'string' ? [call.text.text] : []
  })
}

test('an alert is raised once, told once, and ends with its cause', () => {
  expect(keysOf(look(little()).told)).toEqual(['disk-low'])
  expect(look(little())).toEqual({ told: [], raised: [], ended: [] })
  expect(keysOf(look(seen()).ended)).toEqual(['disk-low'])
  expect([findOpenAlerts(world.read), keysOf(findPastAlerts(world.read))]).toEqual([[], ['disk-low']])
})

test('after a restart it is neither told again nor forgotten', () => {
  look(little())
  const next = createAlerting(world.deps)
  expect(next.look(little(), { minute: NOON, hold: HOLD }).told).toEqual([])
  expect(keysOf(next.look(seen(), { minute: NOON, hold: HOLD }).ended)).toEqual(['disk-low'])
})

test('the database itself refuses a second open alert of a kind', () => {
  look(little())
  const [open] = findOpenAlerts(world.read)
  expect(() => world.write((db) => addAlert(db, { ...(open ?? never()) }))).toThrow('UNIQUE')
})

function never(): never {
  throw new Error('There is an open alert')
}

test('what was seen is told again only when it gets worse', () => {
  look(little())
  world.alerting.acknowledge(findOpenAlerts(world.read)[0]?.id ?? 0)
  expect(look(little()).told).toEqual([])
  expect(keysOf(look(none()).told)).toEqual(['disk-low'])
})

test('what was put off is told again after its time', () => {
  look(little())
  world.alerting.snooze(findOpenAlerts(world.read)[0]?.id ?? 0, 60)
  world.pass(59 * MINUTE)
  expect(look(little()).told).toEqual([])
  world.pass(MINUTE)
  expect(keysOf(look(little()).told)).toEqual(['disk-low'])
})

test('nothing that is over or was never raised can be answered', () => {
  expect(() => {
    world.alerting.acknowledge(1)
  }).toThrow('not-found')
})

test('in the quiet hours a warning waits for the morning, and what is critical does not', () => {
  expect([keysOf(look(little(), NIGHT).raised), look(little(), NIGHT).told]).toEqual([['disk-low'], []])
  expect(keysOf(look(little(), NOON).told)).toEqual(['disk-low'])
  expect(keysOf(look(none(), NIGHT).told)).toEqual(['disk-low'])
})

test('the manager’s chat gets a card, which says later that it is over', () => {
  linkChat()
  look(little())
  expect(reads()).toEqual([
    '⚠ Little room on the disk\n1 MB are left. Without room no request can be stored.\nDelete or move what nobody needs, and empty the bin.',
  ])
  world.sqlite.exec("update cards set message_id = 5; update outbox set state = 'sent'")
  world.pass(5 * MINUTE)
  look(seen())
  expect(reads()).toEqual(['✓ Over: Little room on the disk\nFrom 09:00 to 09:05.'])
})

test('what is over before it could be sent is not sent', () => {
  linkChat()
  look(little())
  look(seen())
  expect(reads()).toEqual([])
})

test('nothing goes to a chat that is not linked, not wanted, unlinked or shut out', () => {
  look(little())
  look(seen())
  linkChat()
  const settings = AlertSettings.parse({})
  world.alerting.saveSettings({ ...settings, channels: { ...settings.channels, telegram: false } })
  look(little())
  look(seen())
  world.alerting.saveSettings(settings)
  world.people.setActive(world.person(900).id, false)
  look(little())
  look(seen())
  world.people.setActive(world.person(900).id, true)
  world.linking.unlink()
  look(little())
  expect(world.told(900)).toEqual([])
})

test('more than a few alerts within an hour do not reach the chat', () => {
  linkChat()
  for (let time = 0; time < TELEGRAM_PER_HOUR + 5; time += 1) {
    look(little())
    world.sqlite.exec("update outbox set state = 'sent' where state = 'pending'")
    look(seen())
    world.sqlite.exec("update outbox set state = 'cancelled' where state = 'pending'")
    world.pass(MINUTE)
  }
  expect(world.told(900).filter(({ state }) => state === 'sent')).toHaveLength(TELEGRAM_PER_HOUR)
})

test('a code links one chat, once, within its hour', () => {
  const kim = world.meet(900, 'Kim')
  const eve = world.meet(901, 'Eve')
  const old = world.linking.makeCode().code
  const { code } = world.linking.makeCode()
  const refused = (person: typeof kim, given: string) => () => {
    world.linking.link(person, given)
  }
  expect(refused(eve, old)).toThrow('invite-used')
  world.linking.link(kim, code)
  expect(refused(eve, code)).toThrow('invite-used')
  const late = world.linking.makeCode().code
  world.pass(60 * MINUTE)
  expect(refused(eve, late)).toThrow('invite-used')
})

test('of the alerts that are over only the newest are kept', () => {
  for (let time = 0; time < PAST_ALERTS_KEPT + 20; time += 1) {
    look(little())
    look(seen())
  }
  expect(world.sqlite.prepare('select count(*) from alerts').pluck().get()).toBe(PAST_ALERTS_KEPT)
})

test('neither the journal nor another desk hears of alerts', () => {
  const before = world.sqlite.prepare('select count(*) from changes').pluck().get()
  look(none())
  look(seen())
  expect(world.sqlite.prepare('select count(*) from changes').pluck().get()).toBe(before)
})

test('a cause that is gone before it counted leaves nothing behind', () => {
  const hold = { raise: MINUTE, end: MINUTE }
  const rows = () => world.database.sqlite.prepare('select count(*) from alerts').pluck().get()
  const first = world.alerting.look(little(), { minute: NOON, hold })
  const during = rows()
  const second = world.alerting.look(seen(), { minute: NOON, hold })
  expect([first.raised, during, second.ended, rows()]).toEqual([[], 1, [], 0])
})
