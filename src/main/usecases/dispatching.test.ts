import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RequestId } from '../../shared/model/ids'
import type { Person } from '../db/people'
import { findPerson } from '../db/people'
import type { Request } from '../domain/request'
import { refusedWith } from '../testing/refused'
import { at, uuid } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'

const UNDO_MS = 6_000
const ANNA = 501
const MAREK = 601
const PETRA = 602

let world: World
let anna: Person
let marek: Person
let petra: Person
let request: Request

beforeEach(() => {
  world = openWorld({ undoMs: UNDO_MS })
  anna = world.meet(ANNA, 'Anna')
  marek = world.technician(MAREK, 'Marek')
  petra = world.technician(PETRA, 'Petra')
  request = world.report(anna)
  world.sendAll()
})
afterEach(() => {
  world.close()
})

/** What waits in the outbox for a chat: what it tells, and for how long it is held back. */
const waiting = (chatId: number) =>
  world
    .told(chatId)
    .filter(({ state }) => state === 'pending')
    .map(({ kind, notBefore }) => [kind, notBefore - world.clock.now])

/** What is in the outbox and still holds. */
const kinds = (chatId: number) =>
  world
    .told(chatId)
    .filter(({ state }) => state === 'pending')
    .map(({ kind }) => kind)

describe('assigning', () => {
  test('gives the job to the technician and tells the resident, when it can’t be undone any more', () => {
    const { request: after, undo } = world.dispatching.assign(request.id, marek.id)

    expect({
      after,
      undo: typeof undo,
      stored: world.now(request.id),
      technician: waiting(MAREK),
      resident: waiting(ANNA),
    }).toEqual({
      after: { ...after, status: 'ASSIGNED', assignedTo: marek.id, firstRespondedAt: world.clock.now },
      undo: 'string',
      stored: after,
      technician: [['job', UNDO_MS]],
      resident: [
        ['status', UNDO_MS],
        ['assigned', UNDO_MS],
      ],
    })
  })

  test('hands the pictures over as one album before the card', () => {
    const { id } = reportWithPictures(3)
    world.dispatching.assign(id, marek.id)
    expect(waiting(MAREK)).toEqual([
      ['photos', UNDO_MS],
      ['job', UNDO_MS],
    ])
  })

  test('somebody else shows the former technician that the job is gone', () => {
    world.dispatching.assign(request.id, marek.id)
    world.sendAll()
    world.dispatching.assign(request.id, petra.id)
    expect([waiting(MAREK), waiting(PETRA)]).toEqual([[['job', UNDO_MS]], [['job', UNDO_MS]]])
  })

  test.each([
    { name: 'a resident', to: () => anna.id },
    { name: 'nobody', to: () => RequestId.parse(uuid(999)) as never },
    {
      name: 'a technician who takes no jobs now',
      to: () => {
        world.people.setActive(petra.id, false)
        return petra.id
      },
    },
  ])('to $name is refused and changes nothing', ({ to }) => {
    const id = to()
    expect([refusedWith(() => world.dispatching.assign(request.id, id)), world.now(request.id)]).toEqual([
      'technician-unavailable',
      request,
    ])
  })
})

function reportWithPictures(count: number): Request {
  const said = world.spoken(anna)
  world.drafting.text(said, 'Leak')
  const { requestId } = world.draftOf(anna)
  for (let index = 0; index < count; index += 1) {
    const photo = {
      kind: 'photo',
      fileId: `f${String(index)}`,
      uniqueId: `u${String(index)}`,
      name: 'p.jpg',
    } as const
    world.drafting.file(
      world.spoken(anna),
      { ...photo, at: world.clock.now },
      { sizeBytes: 1000, caption: '' },
    )
  }
  world.drafting.otherPlace(world.pressed(anna, requestId))
  world.drafting.text(world.spoken(anna), 'Flat 34')
  return world.drafting.send(world.pressed(anna, requestId))
}

describe('every other action', () => {
  beforeEach(() => {
    world.dispatching.assign(request.id, marek.id)
    world.sendAll()
  })

  test.each([
    {
      name: 'giving back: the cards change',
      act: () => world.dispatching.unassign(request.id),
      change: { status: 'OPEN', assignedTo: null },
      resident: ['status'],
      technician: ['job'],
    },
    {
      name: 'another priority: the cards change',
      act: () => world.dispatching.setPriority(request.id, 'URGENT'),
      change: { priority: 'URGENT' },
      resident: ['status'],
      technician: ['job'],
    },
    {
      name: 'starting: the cards change',
      act: () => world.dispatching.start(request.id),
      change: { status: 'IN_PROGRESS', startedAt: at('2026-03-02 09:00') },
      resident: ['status'],
      technician: ['job'],
    },
    {
      name: 'a hold: the resident is told why',
      act: () => world.dispatching.hold(request.id, ' Waiting for a part ', at('2026-03-06 08:00')),
      change: { status: 'ON_HOLD', holdReason: 'Waiting for a part', holdUntil: at('2026-03-06 08:00') },
      resident: ['status', 'held'],
      technician: ['job'],
    },
    {
      name: 'a resolution: the resident is asked',
      act: () => world.dispatching.resolve(request.id, ' New seal '),
      change: { status: 'RESOLVED', endedReason: 'New seal' },
      resident: ['status', 'confirm'],
      technician: ['job'],
    },
    {
      name: 'a no: the resident is told why',
      act: () => world.dispatching.decline(request.id, 'Not ours'),
      change: { status: 'DECLINED', endedReason: 'Not ours' },
      resident: ['status', 'declined'],
      technician: ['job'],
    },
  ])('$name', ({ act, change, resident, technician }) => {
    act()
    expect({
      request: world.now(request.id),
      resident: kinds(ANNA),
      technician: kinds(MAREK),
    }).toEqual({ request: { ...world.now(request.id), ...change }, resident, technician })
  })

  test('opening again takes the buttons from the question whether it is fixed', () => {
    world.dispatching.resolve(request.id, '')
    world.sendAll()
    const { request: after } = world.dispatching.reopen(request.id)
    expect({
      status: after.status,
      reopened: after.reopenedCount,
      resident: kinds(ANNA),
      technician: kinds(MAREK),
    }).toEqual({ status: 'OPEN', reopened: 1, resident: ['status', 'confirm'], technician: ['job'] })
  })

  test('each resolution asks anew', () => {
    world.dispatching.resolve(request.id, '')
    world.dispatching.reopen(request.id)
    world.pass(1000)
    world.sendAll()
    world.dispatching.resolve(request.id, '')
    expect(kinds(ANNA)).toEqual(['status', 'confirm'])
  })

  test('a milestone is told once for each time it happens', () => {
    world.dispatching.hold(request.id, 'Waiting for a part', null)
    world.dispatching.setPriority(request.id, 'HIGH')
    world.dispatching.setPriority(request.id, 'LOW')
    expect(kinds(ANNA)).toEqual(['status', 'held'])
  })

  test.each([
    { name: 'a hold without a reason', act: () => world.dispatching.hold(request.id, ' \u202e ', null) },
    { name: 'a no without a reason', act: () => world.dispatching.decline(request.id, '') },
    { name: 'nothing said', act: () => world.dispatching.create({ ...atTheDoor, description: '\n' }) },
  ])('$name is refused', ({ act }) => {
    expect(refusedWith(act)).toBe('text-missing')
  })

  test('nobody without Telegram is written to', () => {
    const { request: written } = world.dispatching.create(atTheDoor)
    world.dispatching.assign(written.id, marek.id)
    world.dispatching.hold(written.id, 'Waiting', null)
    world.dispatching.resolve(written.id, '')
    world.dispatching.reopen(written.id)
    expect(world.told().filter(({ chatId, state }) => chatId !== MAREK && state === 'pending')).toEqual([])
  })
})

const atTheDoor = {
  description: 'The front door does not close.\nSince Monday',
  place: ' Linden Court,  entrance ',
  unitId: null,
  reporterName: null,
  priority: 'HIGH',
} as const

describe('writing down', () => {
  test('what somebody said at the door makes a request that is read already', () => {
    const { request: made, undo } = world.dispatching.create(atTheDoor)
    expect({ made, undo, stored: world.now(made.id) }).toEqual({
      made: {
        ...made,
        userId: world.manager.id,
        title: 'The front door does not close',
        description: 'The front door does not close.\nSince Monday',
        location: 'Linden Court, entrance',
        source: 'desk',
        priority: 'HIGH',
        unreadCount: 0,
        sequence: 2,
      },
      undo: null,
      stored: made,
    })
  })

  test('for somebody keeps the name and the unit', () => {
    const unitId = world.unit('Linden Court', '34')
    const { request: made } = world.dispatching.create({ ...atTheDoor, reporterName: ' Mr  Hall ', unitId })
    const reporter = findPerson(world.read, made.userId)
    expect({ unit: made.unitId, building: typeof made.buildingId, reporter }).toEqual({
      unit: unitId,
      building: 'string',
      reporter: { ...reporter, name: 'Mr Hall', namedByDesk: true, unitId, telegramId: null, role: 'user' },
    })
  })

  test('for a name without letters is the manager’s own', () => {
    const { request: made } = world.dispatching.create({ ...atTheDoor, reporterName: ' ', unitId: null })
    expect(made.userId).toBe(world.manager.id)
  })
})

describe('undo', () => {
  const untold = () =>
    world.told().filter(({ state, kind }) => state === 'pending' && kind !== 'status' && kind !== 'job')

  test.each([
    { name: 'assigning', act: () => world.dispatching.assign(request.id, marek.id) },
    { name: 'another priority', act: () => world.dispatching.setPriority(request.id, 'URGENT') },
    { name: 'resolving', act: () => world.dispatching.resolve(request.id, 'Done') },
    { name: 'declining', act: () => world.dispatching.decline(request.id, 'Not ours') },
    {
      name: 'holding',
      before: () => world.dispatching.assign(request.id, marek.id),
      act: () => world.dispatching.hold(request.id, 'Waiting', null),
    },
    {
      name: 'going on after a hold',
      before: () => {
        world.dispatching.assign(request.id, marek.id)
        world.dispatching.hold(request.id, 'Waiting', null)
      },
      act: () => world.dispatching.start(request.id),
    },
    {
      name: 'giving back',
      before: () => world.dispatching.assign(request.id, marek.id),
      act: () => world.dispatching.unassign(request.id),
    },
    {
      name: 'reassigning',
      before: () => world.dispatching.assign(request.id, petra.id),
      act: () => world.dispatching.assign(request.id, marek.id),
    },
    {
      name: 'opening again',
      before: () => world.dispatching.resolve(request.id, 'Done'),
      act: () => world.dispatching.reopen(request.id),
    },
  ])('of $name puts everything back and tells nobody', ({ before, act }) => {
    before?.()
    world.sendAll()
    const stood = world.now(request.id)
    world.pass(100)
    const { undo } = act()
    world.pass(UNDO_MS - 1)
    const after = world.dispatching.undo(request.id, undo ?? '')

    expect({ after, stored: world.now(request.id), untold: untold() }).toEqual({
      after: { ...stood, updatedAt: world.clock.now, version: stood.version + 2 },
      stored: after,
      untold: [],
    })
  })

  test('cancels what is held back and has the cards drawn at once as they stand', () => {
    const { undo } = world.dispatching.assign(request.id, marek.id)
    world.dispatching.undo(request.id, undo ?? '')
    expect(
      world
        .told()
        .slice(-5)
        .map(({ kind, chatId, state }) => [kind, chatId, state]),
    ).toEqual([
      ['job', MAREK, 'cancelled'],
      ['status', ANNA, 'cancelled'],
      ['assigned', ANNA, 'cancelled'],
      ['status', ANNA, 'pending'],
      // Drawn as nothing for somebody who never saw the job.
      ['job', MAREK, 'pending'],
    ])
  })

  test('keeps what came in meanwhile', () => {
    const { undo } = world.dispatching.assign(request.id, marek.id)
    world.commenting.fromDesk(request.id, 'He comes tomorrow', 'internal')
    world.dispatching.setPriority(request.id, 'HIGH')
    const after = world.dispatching.undo(request.id, undo ?? '')
    expect(after).toMatchObject({ status: 'OPEN', assignedTo: null, commentCount: 1, priority: 'HIGH' })
  })

  test('of the second action leaves the first', () => {
    world.dispatching.assign(request.id, marek.id)
    const { undo } = world.dispatching.setPriority(request.id, 'URGENT')
    expect(world.dispatching.undo(request.id, undo ?? '')).toMatchObject({
      status: 'ASSIGNED',
      assignedTo: marek.id,
      priority: 'MEDIUM',
    })
  })

  test.each([
    {
      name: 'the messages have gone out',
      then: () => {
        world.pass(UNDO_MS)
      },
    },
    {
      name: 'the technician has taken the job',
      then: () => {
        world.fieldwork.take(world.pressed(marek, request.id))
      },
    },
    {
      name: 'the technician has begun',
      then: () => {
        world.fieldwork.start(world.pressed(marek, request.id))
      },
    },
    {
      name: 'somebody else has the job',
      then: () => {
        world.dispatching.assign(request.id, petra.id)
      },
    },
    {
      name: 'the resident has taken the request back',
      then: () => {
        world.confirming.cancel(world.pressed(anna, request.id))
      },
    },
  ])('is too late once $name', ({ then }) => {
    const { undo } = world.dispatching.assign(request.id, marek.id)
    then()
    const before = world.now(request.id)
    expect([
      refusedWith(() => world.dispatching.undo(request.id, undo ?? '')),
      world.now(request.id),
    ]).toEqual(['undo-too-late', before])
  })

  test('works once, for its own request, and for an action that was', () => {
    const other = world.report(anna)
    const { undo } = world.dispatching.setPriority(request.id, 'HIGH')
    const wrong = refusedWith(() => world.dispatching.undo(other.id, undo ?? ''))
    world.dispatching.undo(request.id, undo ?? '')
    expect([
      wrong,
      refusedWith(() => world.dispatching.undo(request.id, undo ?? '')),
      refusedWith(() => world.dispatching.undo(request.id, 'never')),
    ]).toEqual(['undo-too-late', 'undo-too-late', 'undo-too-late'])
  })

  test('of an action that changed nothing changes nothing', () => {
    const { undo } = world.dispatching.setPriority(request.id, 'MEDIUM')
    expect(world.dispatching.undo(request.id, undo ?? '')).toMatchObject({
      priority: 'MEDIUM',
      status: 'OPEN',
    })
  })

  test('reaches a hundred actions back', () => {
    const undos = Array.from({ length: 101 }, (_, index) => {
      const { request: made } = world.dispatching.create({
        ...atTheDoor,
        description: `No. ${String(index)}`,
      })
      return { id: made.id, undo: world.dispatching.setPriority(made.id, 'LOW').undo ?? '' }
    })
    const [forgotten, oldest] = undos
    expect(
      [forgotten, oldest].map((it) => refusedWith(() => it && world.dispatching.undo(it.id, it.undo))),
    ).toEqual(['undo-too-late', null])
  })
})
