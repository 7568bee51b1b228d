import { v4 as uuidv4 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findComments } from '../db/comments'
import type { Person } from '../db/people'
import type { Request } from '../domain/request'
import { refusedWith } from '../testing/refused'
import { openWorld, type World } from '../testing/world'
import { readDialogue } from './dialogue-store'

const ANNA = 501
const MAREK = 601

let world: World
let anna: Person
let marek: Person
let request: Request

beforeEach(() => {
  world = openWorld({ undoMs: 0 })
  anna = world.meet(ANNA, 'Anna')
  marek = world.technician(MAREK, 'Marek')
  const { id } = world.report(anna)
  request = world.dispatching.assign(id, marek.id).request
  world.sendAll()
  world.pass(1000)
})
afterEach(() => {
  world.close()
})

const kinds = (chatId: number) =>
  world
    .told(chatId)
    .filter(({ state }) => state === 'pending')
    .map(({ kind }) => kind)
const press = () => world.pressed(marek, request.id)
const question = () => readDialogue(world.read, MAREK).question

test('Take, Start and Done lead the job to its end, on both cards, and the resident is asked once', () => {
  const steps = [world.fieldwork.take, world.fieldwork.start, world.fieldwork.done].map((step) => {
    const { status, takenAt, startedAt, completedAt } = step(press())
    const told = { resident: kinds(ANNA), technician: kinds(MAREK) }
    world.sendAll()
    world.pass(1000)
    return {
      status,
      set: [takenAt, startedAt, completedAt].filter((instant) => instant !== null).length,
      ...told,
    }
  })
  expect(steps).toEqual([
    { status: 'ASSIGNED', set: 1, resident: ['status'], technician: ['job'] },
    { status: 'IN_PROGRESS', set: 2, resident: ['status'], technician: ['job'] },
    { status: 'RESOLVED', set: 3, resident: ['status', 'confirm'], technician: ['job'] },
  ])
})

test.each([
  { name: 'Take', step: () => world.fieldwork.take(press()) },
  { name: 'Start', step: () => world.fieldwork.start(press()) },
  { name: 'Done', step: () => world.fieldwork.done(press()) },
])('$name again is refused and tells nobody', ({ step }) => {
  step()
  world.sendAll()
  const before = world.now(request.id)
  expect([refusedWith(step), world.now(request.id), kinds(ANNA), kinds(MAREK)]).toEqual([
    'not-allowed-now',
    before,
    [],
    [],
  ])
})

describe('Can’t', () => {
  test('asks for the reason in a card of its own', () => {
    world.fieldwork.askWhyNot(press())
    expect([question(), kinds(MAREK), world.now(request.id)]).toEqual([
      { kind: 'cannot', requestId: request.id, cardId: question()?.cardId },
      ['cannot'],
      request,
    ])
  })

  test('with a reason gives the job back to triage, and the reason stays among the staff', () => {
    world.fieldwork.askWhyNot(press())
    world.sendAll()
    world.pass(1000)
    const commentId = uuidv4()
    const after = world.fieldwork.giveBack(press(), ' No time today\u202e ', commentId)

    expect({
      after,
      said: findComments(world.read, request.id).map(({ id, comment, visibility, userId, delivery }) => {
        return { id, comment, visibility, userId, delivery }
      }),
      question: question(),
      resident: kinds(ANNA),
      technician: kinds(MAREK),
    }).toEqual({
      after: {
        ...request,
        status: 'OPEN',
        assignedTo: null,
        commentCount: 1,
        unreadCount: 2,
        updatedAt: world.clock.now,
        version: request.version + 1,
        boardOrder: after.boardOrder,
      },
      said: [
        { id: commentId, comment: 'No time today', visibility: 'internal', userId: marek.id, delivery: null },
      ],
      question: null,
      resident: ['status'],
      technician: ['job', 'cannot'],
    })
  })

  test('needs no question before: a reason is enough', () => {
    world.fieldwork.giveBack(press(), 'No time', uuidv4())
    expect([world.now(request.id).status, kinds(MAREK)]).toEqual(['OPEN', ['job']])
  })

  test('without a reason is refused, and the question stands', () => {
    world.fieldwork.askWhyNot(press())
    expect([refusedWith(() => world.fieldwork.giveBack(press(), ' \n', uuidv4())), question()?.kind]).toEqual(
      ['text-missing', 'cannot'],
    )
  })

  test('is refused when the work is done, and leaves nothing behind', () => {
    world.fieldwork.done(press())
    const before = world.now(request.id)
    const refusals = world.write(() => [
      refusedWith(() => {
        world.fieldwork.askWhyNot(press())
      }),
      refusedWith(() => world.fieldwork.giveBack(press(), 'No time', uuidv4())),
    ])
    expect([refusals, world.now(request.id), findComments(world.read, request.id), question()]).toEqual([
      ['not-allowed-now', 'not-allowed-now'],
      before,
      [],
      null,
    ])
  })

  test('leaves the draft alone that the technician is writing', () => {
    world.drafting.text(world.spoken(marek), 'The lamp in the cellar')
    world.fieldwork.askWhyNot(press())
    world.fieldwork.giveBack(press(), 'No time', uuidv4())
    expect(readDialogue(world.read, MAREK).draft?.texts.map(({ text }) => text)).toEqual([
      'The lamp in the cellar',
    ])
  })
})

test('a technician who takes no jobs any more can’t press the buttons of the cards that are left', () => {
  world.people.setActive(marek.id, false)
  const told = kinds(MAREK)
  marek = world.person(MAREK)
  expect([told, refusedWith(() => world.fieldwork.take(press()))]).toEqual([['job'], 'not-found'])
})
