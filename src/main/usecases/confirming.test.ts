import { v4 as uuidv4 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CommentId } from '../../shared/model/ids'
import { findLink } from '../db/cards'
import { findComments } from '../db/comments'
import type { Person } from '../db/people'
import { AUTO_CLOSE_MS, REOPEN_MS, type Request } from '../domain/request'
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
  world.dispatching.assign(id, marek.id)
  request = world.dispatching.resolve(id, 'New seal').request
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
const press = () => world.pressed(anna, request.id)

test('Fixed closes the request, and the question loses its buttons', () => {
  const after = world.confirming.fixed(press())
  expect([after.status, after.endedAt, kinds(ANNA), kinds(MAREK)]).toEqual([
    'CLOSED',
    world.clock.now,
    ['status', 'confirm'],
    ['job'],
  ])
})

test('Not fixed opens the request again, unread, takes it from the technician and asks what is wrong', () => {
  const after = world.confirming.notFixed(press())
  expect({
    after,
    question: readDialogue(world.read, ANNA).question,
    resident: kinds(ANNA),
    technician: kinds(MAREK),
  }).toEqual({
    after: {
      ...after,
      status: 'OPEN',
      assignedTo: null,
      reopenedCount: 1,
      unreadCount: request.unreadCount + 1,
      version: request.version + 1,
    },
    question: { kind: 'not-fixed', requestId: request.id, cardId: null },
    resident: ['status', 'confirm', 'say'],
    technician: ['job'],
  })
})

test('Not fixed works for seven days, also after Fixed', () => {
  world.confirming.fixed(press())
  world.clock.now = (request.completedAt ?? 0) + REOPEN_MS
  const reopened = world.confirming.notFixed(press())
  world.dispatching.resolve(request.id, '')
  world.pass(REOPEN_MS + 1)
  const before = world.now(request.id)
  expect([
    reopened.status,
    refusedWith(() => world.confirming.notFixed(press())),
    world.now(request.id),
  ]).toEqual(['OPEN', 'reopen-too-late', before])
})

test('Cancel takes a request back that is not finished', () => {
  const other = world.report(anna, 'The lamp is broken')
  world.dispatching.assign(other.id, marek.id)
  world.sendAll()
  const after = world.confirming.cancel(world.pressed(anna, other.id))
  expect([
    after.status,
    kinds(ANNA),
    kinds(MAREK),
    refusedWith(() => world.confirming.cancel(press())),
  ]).toEqual(['CANCELLED', ['status'], ['job'], 'not-allowed-now'])
})

describe('what nobody confirms', () => {
  test('closes by itself after 72 hours, once', () => {
    world.clock.now = (request.completedAt ?? 0) + AUTO_CLOSE_MS - 1
    const early = world.confirming.closeUnanswered()
    world.pass(1)
    const closed = [world.confirming.closeUnanswered(), world.confirming.closeUnanswered()]
    expect({ early, closed, status: world.now(request.id).status, resident: kinds(ANNA) }).toEqual({
      early: 0,
      closed: [1, 0],
      status: 'CLOSED',
      resident: ['status', 'confirm'],
    })
  })

  test('is in the journal as the program’s own deed', () => {
    world.pass(AUTO_CLOSE_MS)
    world.confirming.closeUnanswered()
    const last = world.sqlite.prepare('select actor, at from changes order by seq desc limit 1').get()
    expect(last).toEqual({ actor: null, at: world.clock.now })
  })

  test('closes also when the reporter has no Telegram', () => {
    const { request: made } = world.dispatching.create({
      description: 'The door',
      place: 'Entrance',
      unitId: null,
      reporterName: 'Mr Hall',
      priority: 'LOW',
    })
    world.dispatching.resolve(made.id, '')
    world.pass(AUTO_CLOSE_MS)
    expect([world.confirming.closeUnanswered(), world.now(made.id).status]).toEqual([2, 'CLOSED'])
  })
})

describe('the answer to what is still wrong', () => {
  const explain = (text: string) => {
    const spoken = world.spoken(anna)
    const commentId = CommentId.parse(uuidv4())
    world.confirming.explain(spoken, request.id, { commentId, text })
    return { spoken, commentId }
  }

  test('is a comment that everybody reads, and the bot has no more question', () => {
    const before = world.confirming.notFixed(press())
    const { spoken, commentId } = explain(' It still drips ')
    expect({
      said: findComments(world.read, request.id).map(({ id, comment, visibility }) => [
        id,
        comment,
        visibility,
      ]),
      link: findLink(world.read, ANNA, spoken.messageId),
      counts: [world.now(request.id).commentCount, world.now(request.id).unreadCount],
      question: readDialogue(world.read, ANNA).question,
    }).toEqual({
      said: [[commentId, 'It still drips', 'public']],
      link: { chatId: ANNA, messageId: spoken.messageId, requestId: request.id, part: 'comment', commentId },
      counts: [1, before.unreadCount + 1],
      question: null,
    })
  })

  test('needs words', () => {
    expect(refusedWith(() => explain(' '))).toBe('text-missing')
  })
})
