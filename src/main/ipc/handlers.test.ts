import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contract, type DeskHandlers, type Handlers } from '../../shared/ipc/contract'
import type { Method } from '../../shared/ipc/method'
import type { BotIdentity, BotState } from '../../shared/model/bot-state'
import { NO_CONDITIONS } from '../../shared/model/conditions'
import { must, Refusal } from '../../shared/model/refusal'
import { saveIncoming, storeIncoming } from '../db/inbox'
import { settleOutgoing } from '../db/outbox'
import { writeSetting } from '../db/settings'
import { findUnits } from '../db/places'
import { refusedWith } from '../testing/refused'
import { openWorld, type World } from '../testing/world'
import { routesOf } from './answer'
import { type BotControl, createHandlers, type HandlerDeps } from './handlers'

const identity: BotIdentity = { id: 7, name: 'House', username: 'house_bot', webhook: null }
const state: BotState = { kind: 'no-token' }

/** A bot that notes what it is asked. */
function notingBot(asked: unknown[]): BotControl {
  return {
    state: () => state,
    check: (token) => {
      asked.push(['check', token])
      return Promise.resolve(identity)
    },
    connect: (wish) => {
      asked.push(['connect', wish])
      return Promise.resolve(identity)
    },
    disconnect: () => {
      asked.push(['disconnect'])
      return Promise.resolve()
    },
    retryNow: () => {
      asked.push(['retryNow'])
    },
    storage: () => ({ protected: true, backend: 'keychain' }),
  }
}

const practice: Handlers['practice'] = {
  open: () => {},
  leave: () => {},
  startOver: () => {},
  people: () => [],
  chat: ({ telegramId }) =>
    ({
      telegramId,
      botName: 'House',
      messages: [],
    }) as unknown as Awaited<ReturnType<Handlers['practice']['chat']>>,
  write: () => {},
  sendPhoto: () => {},
  press: () => ({ notice: null }),
  openStartLink: () => {},
}

const noTrouble: Handlers['trouble'] = {
  state: () => null,
  tryAgain: () => null,
  takeOver: () => null,
  openReadOnly: () => null,
  backups: () => [],
  preview: () => Promise.reject(new Error('no copies')),
  restore: () => {},
  rescue: () => Promise.reject(new Error('nothing to rescue')),
  showFolder: () => {},
  enter: () => {},
}

// Served by the program as a whole: see log-desk.test.ts.
const noLog: Handlers['log'] = {
  open: () => ({ tail: 0, page: { lines: [], before: null } }),
  older: () => ({ lines: [], before: null }),
  close: () => {},
  level: () => ({ level: 'info', isFixed: false }),
  setLevel: ({ level }) => ({ level, isFixed: false }),
  report: () => ({ text: '', name: '' }),
  saveReport: () => ({ saved: false }),
}

const noErrors: Handlers['errors'] = {
  list: () => [],
  markRead: () => {},
  clear: () => {},
  report: () => {},
  reports: () => ({ hasAddress: false, isOn: false, withMemory: false }),
  setReports: () => ({ hasAddress: false, isOn: false, withMemory: false }),
}

let world: World
let asked: unknown[]
let deps: HandlerDeps
let handlers: DeskHandlers
beforeEach(() => {
  world = openWorld()
  asked = []
  deps = {
    ...world,
    bot: notingBot(asked),
    conditions: () => NO_CONDITIONS,
    lookNow: () => {},
    practice,
    health: null,
    backups: null,
    chooseFolder: () => Promise.resolve(null),
    whileClosed: () => {},
    inPractice: false,
    tokenGiven: false,
    systemLanguage: 'ru',
    version: '1.2.3',
    undoMs: 6_000,
    now: () => world.clock.now,
    openLink: (url) => {
      asked.push(['openLink', url])
      return Promise.resolve(url.startsWith('https://t.me/'))
    },
  }
  handlers = createHandlers(deps)
})
afterEach(() => {
  world.close()
})

/** Everything that a window may call, once, over a house in which every call makes sense. */
function everyCall(): Readonly<Record<string, unknown>> {
  const anna = world.meet(501, 'Anna')
  const marek = world.technician(601, 'Marek')
  const unitId = world.unit('Linden Court', '34')
  const invite = world.people.invite('Petra')
  // One person may send a few requests only in a short time.
  let neighbours = 0
  const fresh = () => {
    neighbours += 1
    return { requestId: world.report(world.meet(2000 + neighbours, 'Neighbour')).id }
  }
  const assigned = () => {
    const { requestId } = fresh()
    world.dispatching.assign(requestId, marek.id)
    return { requestId }
  }
  const resolved = () => {
    const { requestId } = fresh()
    world.dispatching.resolve(requestId, '')
    return { requestId }
  }
  const undoable = fresh()
  const { undo } = world.dispatching.setPriority(undoable.requestId, 'LOW')
  const dead = (updateId: number) => {
    const key = { botId: 7, epoch: 0, updateId }
    world.write((db) => {
      storeIncoming(db, { ...key, chatId: 501, kind: 'message', receivedAt: 1, payload: '{}' })
      saveIncoming(db, { ...key, state: 'dead', attempts: 5, notBefore: 0, lastError: null })
    })
    return { id: `7:0:${String(updateId)}` }
  }
  const lost = (index: number) => {
    const [outboxId = 0] = world.sqlite
      .prepare('select id from outbox order by id limit 1 offset ?')
      .pluck()
      .all(index) as number[]
    world.write((db) => {
      settleOutgoing(db, { id: outboxId, requestId: null, kind: 'say' }, { state: 'unknown', at: 1 })
    })
    return { outboxId }
  }
  const building = must(handlersPlaces()[0], 'the building')
  const [unit] = findUnits(world.read, building.id, 0, 1)
  return {
    'app.state': undefined,
    'app.setLanguage': { language: 'en' },
    'app.finishSetUp': undefined,
    'app.dismissGap': undefined,
    'app.dismissRestored': undefined,
    'app.openLink': { url: 'https://t.me/house_bot' },
    'board.open': undefined,
    'board.page': { status: 'OPEN', after: { boardOrder: 0, id: undoable.requestId }, limit: 10 },
    'requests.details': assigned(),
    'requests.create': {
      description: 'The door',
      place: 'Entrance',
      unitId,
      reporterName: 'Mr Hall',
      priority: 'HIGH',
    },
    'requests.assign': { ...fresh(), technicianId: marek.id },
    'requests.unassign': assigned(),
    'requests.setPriority': { ...fresh(), priority: 'URGENT' },
    'requests.start': assigned(),
    'requests.hold': { ...assigned(), reason: 'Waiting', until: null },
    'requests.resolve': { ...assigned(), note: 'Done' },
    'requests.decline': { ...fresh(), reason: 'Not ours' },
    'requests.reopen': resolved(),
    'requests.undo': { ...undoable, undo },
    'requests.comment': { ...assigned(), text: 'Hello', visibility: 'public' },
    'requests.markRead': fresh(),
    'requests.archive': { after: null, limit: 10 },
    'people.list': undefined,
    'people.technicians': undefined,
    'people.invites': undefined,
    'people.invite': { name: 'Adam' },
    'people.revokeInvite': { inviteId: invite.id },
    'people.setActive': { personId: anna.id, active: false },
    'people.rename': { personId: anna.id, name: 'Mrs Petrova' },
    'places.list': undefined,
    'places.addBuilding': { name: 'Birch Court', address: '' },
    'places.renameBuilding': { buildingId: building.id, name: 'Linden House', address: '' },
    'places.setBuildingActive': { buildingId: building.id, active: false },
    'places.addUnits': { buildingId: building.id, names: ['1', '2'], kind: 'unit' },
    'places.renameUnit': { unitId: unit?.id, name: '34 a' },
    'places.setUnitActive': { unitId: unit?.id, active: false },
    'bot.check': { token: '7:abc' },
    'bot.connect': { token: '7:abc', removeWebhook: false, storeUnprotected: false },
    'bot.disconnect': undefined,
    'bot.retryNow': undefined,
    'bot.storage': undefined,
    'attention.list': undefined,
    'attention.retryUpdate': dead(901),
    'attention.dismissUpdate': dead(902),
    'attention.sendAgain': lost(0),
    'attention.leaveIt': lost(1),
  }
}
const handlersPlaces = () => handlers.places.list() as Awaited<ReturnType<Handlers['places']['list']>>

/** Methods of the contract that others serve, or that have a test of their own. */
const OTHERS: readonly string[] = [
  'practice',
  'trouble',
  'window',
  'backups',
  'health',
  'alerts',
  'log',
  'errors',
]
const methods = Object.entries(contract)
  .filter(([area]) => !OTHERS.includes(area))
  .flatMap(([area, all]) =>
    Object.entries<Method>(all).map(([name, method]) => ({ path: `${area}.${name}`, method })),
  )

test.each(methods)(
  '$path is served, and what it gives is what the contract promises',
  async ({ path, method }) => {
    const inputs = everyCall()
    expect(Object.keys(inputs)).toContain(path)
    const others = { trouble: noTrouble, log: noLog, errors: noErrors, window: { standing: () => undefined } }
    const route = must(routesOf({ ...handlers, ...others }).get(path), path)
    const given: unknown = await route.handle(method.input.parse(inputs[path]))
    // Nothing is dropped on the way either: the handler gives no field that the contract does not name.
    expect(method.output.parse(given)).toEqual(given)
  },
)

describe('the state of the program', () => {
  test('follows the system’s language until the manager chooses one', async () => {
    const before = await handlers.app.state()
    await handlers.app.setLanguage({ language: 'en' })
    expect([before, (await handlers.app.state()).language]).toEqual([
      {
        language: 'ru',
        version: '1.2.3',
        practice: false,
        bot: state,
        setUp: false,
        managerName: '',
        gap: null,
        conditions: NO_CONDITIONS,
        backup: null,
        restored: null,
      },
      'en',
    ])
  })

  test('is set up once the guide is over, or when the environment brings the token', async () => {
    const given = createHandlers({ ...deps, tokenGiven: true })
    const before = [(await handlers.app.state()).setUp, (await given.app.state()).setUp]
    await handlers.app.finishSetUp()
    expect([before, (await handlers.app.state()).setUp]).toEqual([[false, true], true])
  })

  test('shows a gap in listening until it is dismissed', async () => {
    world.write((db) => {
      writeSetting(db, 'gap', { from: 1, to: 2 })
    })
    const { gap } = await handlers.app.state()
    await handlers.app.dismissGap()
    expect([gap, (await handlers.app.state()).gap]).toEqual([{ from: 1, to: 2 }, null])
  })
})

test('what was restored is told until it is dismissed', async () => {
  world.write((db) => {
    writeSetting(db, 'restored', { madeAt: 5 })
  })
  const { restored } = await handlers.app.state()
  await handlers.app.dismissRestored()
  expect([restored, (await handlers.app.state()).restored]).toEqual([{ madeAt: 5 }, null])
})

test('in the practice building there are no backups, and none is asked for', async () => {
  await expect(handlers.backups.list()).rejects.toEqual(new Refusal('not-in-practice'))
})

test('a link that may not be opened is refused', async () => {
  await expect(handlers.app.openLink({ url: 'https://example.org/' })).rejects.toEqual(
    new Refusal('bad-request'),
  )
})

test('an action gives its card, the way back and how long it is open', async () => {
  const { id } = world.report(world.meet(501, 'Anna'))
  const { card, undo, undoMs } = await handlers.requests.setPriority({ requestId: id, priority: 'HIGH' })
  const back = await handlers.requests.undo({ requestId: id, undo: undo ?? '' })
  expect([card.priority, undoMs, back.priority]).toEqual(['HIGH', 6_000, 'MEDIUM'])
})

test('technicians who take no jobs are not offered', async () => {
  world.technician(601, 'Marek')
  world.people.setActive(world.technician(602, 'Petra').id, false)
  expect((await handlers.people.technicians()).map(({ name }) => name)).toEqual(['Marek'])
})

test('a bot is taken over from another one only with the manager’s yes', async () => {
  const wish = { token: '7:abc', removeWebhook: true, storeUnprotected: false }
  await handlers.bot.connect(wish)
  await handlers.bot.connect({ ...wish, acceptOtherBot: true })
  expect(asked).toEqual([
    ['connect', { ...wish, acceptOtherBot: false }],
    ['connect', { ...wish, acceptOtherBot: true }],
  ])
})

test('the name of an update that is none is refused', () => {
  expect(['', '7:0', '7:0:5'].map((id) => refusedWith(() => handlers.attention.retryUpdate({ id })))).toEqual(
    ['not-found', 'not-found', 'not-found'],
  )
})
