import { v4 as uuidv4 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CommentId, PersonId } from '../../../shared/model/ids'
import type { ThreadEntry } from '../../../shared/model/request'
import { addComment } from '../../db/comments'
import { settleOutgoing } from '../../db/outbox'
import type { Person } from '../../db/people'
import { saveRequest } from '../../db/requests'
import type { Request } from '../../domain/request'
import { refusedWith } from '../../testing/refused'
import { openWorld, type World } from '../../testing/world'
import { detailsOf } from './details'

const HOUR = 3_600_000
const ANNA = 501

let world: World
let anna: Person
let marek: Person
let petra: Person
let request: Request

beforeEach(() => {
  world = openWorld()
  anna = world.meet(ANNA, 'Anna')
  marek = world.technician(601, 'Marek')
  petra = world.technician(602, 'Petra')
  request = world.report(anna)
  world.pass(HOUR)
})
afterEach(() => {
  world.close()
})

const thread = () => detailsOf(world.read, request.id).thread
/** What happened, in short: who, what, to whom, why. */
const story = () => thread().map(shortOf)
function shortOf(entry: ThreadEntry): unknown[] {
  if (entry.type === 'comment') return [entry.author.name, entry.visibility, entry.text]
  const { kind, actor, subject, note, fromPriority, toPriority } = entry
  const who = actor === null ? 'the program' : actor.isYou ? 'you' : actor.name
  return [who, kind, ...[subject, note, fromPriority, toPriority].filter((part) => part !== null)]
}
const then = (work: () => unknown) => {
  work()
  world.pass(HOUR)
}

describe('the thread', () => {
  test('tells the whole life of a request, in order', () => {
    const { dispatching, fieldwork, confirming, commenting } = world
    const pressed = (person: Person) => world.pressed(person, request.id)
    then(() => dispatching.setPriority(request.id, 'HIGH'))
    then(() => dispatching.assign(request.id, marek.id))
    then(() => fieldwork.take(pressed(marek)))
    then(() => commenting.fromDesk(request.id, 'He comes today', 'public'))
    then(() => fieldwork.start(pressed(marek)))
    then(() => dispatching.hold(request.id, 'Waiting for a part', null))
    then(() => dispatching.assign(request.id, petra.id))
    then(() => fieldwork.giveBack(pressed(petra), 'Not my trade', uuidv4()))
    then(() => dispatching.assign(request.id, marek.id))
    then(() => dispatching.unassign(request.id))
    then(() => dispatching.resolve(request.id, 'New seal'))
    then(() => confirming.notFixed(pressed(anna)))
    then(() => dispatching.resolve(request.id, ''))
    world.pass(72 * HOUR)
    confirming.closeUnanswered()

    expect(story()).toEqual([
      ['Anna', 'reported'],
      ['you', 'priority', 'MEDIUM', 'HIGH'],
      ['you', 'assigned', 'Marek'],
      ['Marek', 'taken'],
      ['', 'public', 'He comes today'],
      ['Marek', 'started'],
      ['you', 'held', 'Waiting for a part'],
      ['you', 'assigned', 'Petra'],
      ['Petra', 'unassigned'],
      ['Petra', 'internal', 'Not my trade'],
      ['you', 'assigned', 'Marek'],
      ['you', 'unassigned', 'Marek'],
      ['you', 'resolved', 'New seal'],
      ['Anna', 'reopened'],
      ['you', 'resolved'],
      ['the program', 'closed'],
    ])
  })

  test('tells of a request that was declined, and of one that was taken back', () => {
    const other = world.report(anna)
    world.dispatching.decline(request.id, 'Not ours')
    world.confirming.cancel(world.pressed(anna, other.id))
    const declined = story()
    request = other
    expect([declined.at(-1), story().at(-1)]).toEqual([
      ['you', 'declined', 'Not ours'],
      ['Anna', 'cancelled'],
    ])
  })

  test.each([
    {
      name: 'a decline',
      acts: () => world.dispatching.decline(request.id, 'Not ours'),
      told: [
        ['you', 'declined', 'Not ours'],
        ['you', 'reopened'],
      ],
    },
    {
      name: 'an assignment',
      acts: () => world.dispatching.assign(request.id, marek.id),
      told: [
        ['you', 'assigned', 'Marek'],
        ['you', 'unassigned', 'Marek'],
      ],
    },
    {
      name: 'a priority',
      acts: () => world.dispatching.setPriority(request.id, 'LOW'),
      told: [
        ['you', 'priority', 'MEDIUM', 'LOW'],
        ['you', 'priority', 'LOW', 'MEDIUM'],
      ],
    },
    {
      name: 'a resolution in the middle of the work',
      before: () => {
        world.dispatching.assign(request.id, marek.id)
        world.dispatching.start(request.id)
      },
      acts: () => world.dispatching.resolve(request.id, 'Done'),
      told: [
        ['you', 'resolved', 'Done'],
        ['you', 'reopened'],
      ],
    },
    {
      name: 'an assignment to somebody else in the middle of the work',
      before: () => {
        world.dispatching.assign(request.id, marek.id)
        world.dispatching.start(request.id)
      },
      acts: () => world.dispatching.assign(request.id, petra.id),
      told: [
        ['you', 'assigned', 'Petra'],
        ['you', 'assigned', 'Marek'],
      ],
    },
    {
      name: 'opening again',
      before: () => world.dispatching.resolve(request.id, 'Done'),
      acts: () => world.dispatching.reopen(request.id),
      told: [
        ['you', 'reopened'],
        ['you', 'resolved', 'Done'],
      ],
    },
  ])('tells $name that was undone as what it comes to', ({ before, acts, told }) => {
    before?.()
    const { undo } = acts()
    world.dispatching.undo(request.id, undo ?? '')
    expect(story().slice(-2)).toEqual(told)
  })

  test('keeps the order of what happened when Telegram’s clock is ahead of this computer’s', () => {
    world.clock.now = request.createdAt - 2 * HOUR
    world.dispatching.assign(request.id, marek.id)
    world.pass(HOUR)
    world.fieldwork.take(world.pressed(marek, request.id))
    expect(story()).toEqual([
      ['Anna', 'reported'],
      ['you', 'assigned', 'Marek'],
      ['Marek', 'taken'],
    ])
  })

  test('tells that a description was edited, and says nothing about counting', () => {
    world.write((db) => {
      const by = { actor: anna.id, at: world.clock.now }
      const edited = { ...world.now(request.id), description: 'Leak under the bath' }
      saveRequest(db, world.now(request.id), edited, by)
      saveRequest(db, edited, { ...edited, unreadCount: 9 }, by)
    })
    expect(story()).toEqual([
      ['Anna', 'reported'],
      ['Anna', 'edited'],
    ])
  })

  test('names an event by the device and the number of its entry', () => {
    const [reported] = thread()
    expect(reported).toEqual({
      type: 'event',
      id: reported?.id,
      at: request.createdAt,
      kind: 'reported',
      actor: { id: anna.id, name: 'Anna', role: 'user', isYou: false },
      subject: null,
      note: null,
      fromPriority: null,
      toPriority: null,
    })
    expect(reported?.id).toMatch(/^test-desk:\d+$/u)
  })

  test('names nobody twice from the database, and shows an actor who is not known as nobody', () => {
    world.write((db) => {
      const stranger = PersonId.parse(uuidv4())
      const before = world.now(request.id)
      saveRequest(db, before, { ...before, priority: 'LOW' }, { actor: stranger, at: world.clock.now })
    })
    expect(story().at(-1)).toEqual(['the program', 'priority', 'MEDIUM', 'LOW'])
  })
})

describe('a comment', () => {
  const delivery = () => {
    const entry = thread().find(({ type }) => type === 'comment')
    return entry?.type === 'comment' ? entry.delivery : undefined
  }

  test('to the resident shows how far its copy has come', () => {
    world.commenting.fromDesk(request.id, 'He comes today', 'public')
    const writtenAt = world.clock.now
    const waiting = delivery()
    const outboxId = waiting?.outboxId ?? 0
    world.pass(HOUR)
    world.write((db) => {
      settleOutgoing(
        db,
        { id: outboxId, requestId: request.id, kind: 'comment' },
        { state: 'sent', at: world.clock.now },
      )
    })
    expect([waiting, delivery()]).toEqual([
      { state: 'pending', outboxId, at: writtenAt },
      { state: 'sent', outboxId, at: world.clock.now },
    ])
  })

  test('among the staff, or to somebody without Telegram, is sent to no resident', () => {
    world.commenting.fromDesk(request.id, 'Bring a seal', 'internal')
    const internal = delivery()
    const { request: made } = world.dispatching.create({
      description: 'The door',
      place: 'Entrance',
      unitId: null,
      reporterName: 'Mr Hall',
      priority: 'LOW',
    })
    request = made
    world.commenting.fromDesk(request.id, 'Thank you', 'public')
    expect([internal, delivery()]).toEqual([null, null])
  })

  test('has its author, its place in time and when it was edited', () => {
    const id = CommentId.parse(uuidv4())
    world.write((db) => {
      addComment(db, {
        id,
        requestId: request.id,
        userId: anna.id,
        comment: 'It drips',
        createdAt: 5,
        visibility: 'public',
        editedAt: 6,
      })
    })
    expect(thread()[0]).toEqual({
      type: 'comment',
      id,
      at: 5,
      author: { id: anna.id, name: 'Anna', role: 'user', isYou: false },
      visibility: 'public',
      text: 'It drips',
      editedAt: 6,
      delivery: null,
    })
  })
})

describe('the details', () => {
  test('have everything that the panel shows', () => {
    const spoken = world.spoken(anna)
    world.commenting.fromTelegram({
      ...spoken,
      requestId: request.id,
      text: '',
      file: { kind: 'photo', fileId: 'f', uniqueId: 'u', name: 'p.jpg', at: spoken.writtenAt, sizeBytes: 1 },
    })
    const { thread: _thread, card, files, ...rest } = detailsOf(world.read, request.id)
    expect({ number: card.number, files, rest }).toEqual({
      number: '1',
      files: [
        {
          id: files[0]?.id,
          kind: 'photo',
          state: 'waiting',
          sha256: null,
          name: 'p.jpg',
          uploadedBy: { id: anna.id, name: 'Anna', role: 'user', isYou: false },
          uploadedAt: spoken.writtenAt,
        },
      ],
      rest: {
        description: 'Leak under the sink',
        urgency: null,
        source: 'telegram',
        reporter: {
          person: { id: anna.id, name: 'Anna', role: 'user', isYou: false },
          username: null,
          language: 'en',
          reachable: true,
        },
        responseDueAt: request.responseDueAt,
        resolutionDueAt: request.resolutionDueAt,
        firstRespondedAt: null,
        endedReason: null,
        actions: ['assign', 'resolve', 'decline', 'cancel', 'markDuplicate'],
      },
    })
  })

  test('say whether the reporter can be reached', () => {
    world.people.setBlocked(ANNA, true)
    const blocked = detailsOf(world.read, request.id).reporter.reachable
    world.people.setBlocked(ANNA, false)
    expect([blocked, detailsOf(world.read, request.id).reporter.reachable]).toEqual([false, true])
  })

  test('of a request that is not there are refused', () => {
    expect(refusedWith(() => detailsOf(world.read, uuidv4() as never))).toBe('not-found')
  })
})
