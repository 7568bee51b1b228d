import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { must } from '../../../shared/model/refusal'
import { saveIncoming, storeIncoming } from '../../db/inbox'
import { settleOutgoing } from '../../db/outbox'
import type { Person } from '../../db/people'
import { writeSetting } from '../../db/settings'
import { openWorld, type World } from '../../testing/world'
import { changedCards, openBoard, pageOf } from './cards'
import { archiveOf, attentionOf, invitesOf, peopleOf, placesOf, updateKeyOf } from './lists'

let world: World
let anna: Person
beforeEach(() => {
  world = openWorld()
  anna = world.meet(501, 'Anna')
})
afterEach(() => {
  world.close()
})

const connectBot = (username: string) => {
  world.write((db) => {
    writeSetting(db, 'bot', { id: 7, name: 'House', username })
  })
}

describe('the board', () => {
  test('opens with the first page of each column and the counts', () => {
    for (let index = 0; index < 27; index += 1)
      world.report(world.meet(5_000 + index, 'Neighbour'), `No. ${String(index)}`)
    const marek = world.technician(601, 'Marek')
    world.dispatching.assign(world.report(anna).id, marek.id)
    const { columns, counts } = openBoard(world.read)
    const [first] = columns
    const next = pageOf(world.read, 'OPEN', must(first?.cards.at(-1), 'the last card'), 25)
    expect({
      columns: columns.map(({ status, cards, hasMore }) => [status, cards.length, hasMore]),
      counts,
      next: [next.cards.length, next.hasMore],
      assignee: columns[1]?.cards[0]?.assignee,
    }).toEqual({
      columns: [
        ['OPEN', 25, true],
        ['ASSIGNED', 1, false],
        ['IN_PROGRESS', 0, false],
        ['ON_HOLD', 0, false],
        ['RESOLVED', 0, false],
      ],
      counts: {
        OPEN: 27,
        ASSIGNED: 1,
        IN_PROGRESS: 0,
        ON_HOLD: 0,
        RESOLVED: 0,
        CLOSED: 0,
        DUPLICATE: 0,
        DECLINED: 0,
        CANCELLED: 0,
      },
      next: [2, false],
      assignee: { id: marek.id, name: 'Marek' },
    })
    expect(new Set([...(first?.cards ?? []), ...next.cards].map(({ id }) => id)).size).toBe(27)
  })

  test('a card has a small picture while it is new', () => {
    const { id } = world.report(anna)
    const spoken = world.spoken(anna)
    const file = { kind: 'photo', fileId: 'f', uniqueId: 'u', name: 'p', at: 0, sizeBytes: 1 } as const
    world.commenting.fromTelegram({ ...spoken, requestId: id, text: '', file })
    world.sqlite.exec("update requests set thumbnail = 'abc'")
    const fresh = changedCards(world.read, [id]).cards[0]
    world.dispatching.resolve(id, '')
    const resolved = changedCards(world.read, [id]).cards[0]
    expect([
      fresh?.thumbnail,
      fresh?.dueAt,
      fresh?.dueFrom,
      resolved?.thumbnail,
      resolved?.dueAt,
      resolved?.dueFrom,
    ]).toEqual(['abc', world.now(id).responseDueAt, world.now(id).createdAt, null, null, null])
  })
})

describe('links', () => {
  test('are empty while no bot is connected', () => {
    world.unit('Linden Court', '34')
    const invite = world.people.invite('Marek')
    const [building] = placesOf(world.read)
    const { id, name, expiresAt } = invite
    const listed = invitesOf(world.read, world.clock.now).map(({ link, ...rest }) => [link, rest])
    expect([building?.link, building?.units[0]?.link, listed]).toEqual([
      '',
      '',
      [['', { id, name, expiresAt }]],
    ])
  })

  test('start the connected bot with a code of their own', () => {
    world.unit('Linden Court', '34')
    const invite = world.people.invite('Marek')
    connectBot('house_bot')
    const [building] = placesOf(world.read)
    const links = [building?.link, building?.units[0]?.link, invitesOf(world.read, world.clock.now)[0]?.link]
    expect([links.map((link) => link?.replace(/_[\w-]{22}$/u, '_CODE')), links[2]]).toEqual([
      [
        'https://t.me/house_bot?start=b_CODE',
        'https://t.me/house_bot?start=u_CODE',
        'https://t.me/house_bot?start=inv_CODE',
      ],
      `https://t.me/house_bot?start=inv_${invite.code}`,
    ])
  })
})

test('places have their units in order, with how many live there', () => {
  const unitId = world.unit('Linden Court', '34')
  world.unit('Linden Court', '35')
  world.unit('Birch Court', '1')
  world.drafting.text(world.spoken(anna), 'Leak')
  world.drafting.place(world.pressed(anna, world.draftOf(anna).requestId), unitId)
  world.drafting.send(world.pressed(anna, world.draftOf(anna).requestId))
  expect(
    placesOf(world.read).map(({ name, units }) => [name, units.map((unit) => [unit.name, unit.residents])]),
  ).toEqual([
    ['Birch Court', [['1', 0]]],
    [
      'Linden Court',
      [
        ['34', 1],
        ['35', 0],
      ],
    ],
  ])
  expect(peopleOf(world.read).map(({ name, place, reachable }) => [name, place, reachable])).toEqual([
    ['Anna', 'Linden Court, 34', true],
  ])
})

test('people say whether they can be reached', () => {
  world.people.setBlocked(501, true)
  world.dispatching.create({
    description: 'The door',
    place: 'Entrance',
    unitId: null,
    reporterName: 'Mr Hall',
    priority: 'LOW',
  })
  expect(peopleOf(world.read).map(({ name, place, reachable }) => [name, place, reachable])).toEqual([
    ['Anna', null, false],
    ['Mr Hall', null, false],
  ])
})

test('the archive comes in pages, newest first, with its total', () => {
  const ids = ['a', 'b', 'c'].map((text) => {
    const { id } = world.report(anna, text)
    world.pass(1000)
    world.dispatching.decline(id, 'Not ours')
    return id
  })
  const first = archiveOf(world.read, null, 2)
  const last = must(first.requests.at(-1), 'the last row')
  const second = archiveOf(world.read, { endedAt: last.endedAt, id: last.id }, 2)
  expect([
    [first.requests.map(({ id }) => id), first.hasMore, first.total],
    [second.requests.map(({ id }) => id), second.hasMore, second.total],
    first.requests[0],
  ]).toEqual([
    [[ids[2], ids[1]], true, 3],
    [[ids[0]], false, 3],
    {
      id: ids[2],
      number: '3',
      title: 'c',
      place: 'Flat 34',
      status: 'DECLINED',
      priority: 'MEDIUM',
      createdAt: world.clock.now - 1000,
      endedAt: world.clock.now,
      assignee: null,
    },
  ])
})

describe('what needs a look', () => {
  const giveUp = (updateId: number, payload: unknown) => {
    const key = { botId: 7, epoch: 0, updateId }
    world.write((db) => {
      storeIncoming(db, {
        ...key,
        chatId: 501,
        kind: 'message',
        receivedAt: updateId,
        payload: JSON.stringify(payload),
      })
      saveIncoming(db, { ...key, state: 'dead', attempts: 5, notBefore: 0, lastError: 'TypeError' })
    })
  }

  test('is listed newest first: what could not be handled, and what did not arrive', () => {
    const { id } = world.report(anna)
    world.dispatching.decline(id, 'Not ours')
    world.commenting.fromDesk(id, 'Sorry', 'public')
    const outbox = world.sqlite.prepare<[], { id: number; kind: string }>('select id, kind from outbox').all()
    const rowOf = (kind: string) =>
      must(
        outbox.find((row) => row.kind === kind),
        kind,
      ).id
    world.write((db) => {
      for (const [kind, error] of [
        ['comment', 'ETIMEDOUT'],
        ['declined', null],
      ] as const)
        settleOutgoing(db, { id: rowOf(kind), requestId: id, kind }, { state: 'unknown', at: 1, error })
    })
    giveUp(5, { message: { from: { first_name: 'Anna' }, text: 'Leak' } })

    const common = { kind: 'message', at: world.clock.now, state: 'unknown', to: 'Anna', requestNumber: '1' }
    expect(attentionOf(world.read)).toEqual([
      { ...common, outboxId: rowOf('declined'), error: '' },
      { ...common, outboxId: rowOf('comment'), error: 'ETIMEDOUT' },
      { kind: 'update', id: '7:0:5', at: 5, from: 'Anna', text: 'Leak', error: 'TypeError' },
    ])
  })

  test('names nobody and no request when a message had none', () => {
    world.write((db) => {
      writeSetting(db, 'setUp', true)
    })
    world.sqlite.exec(
      `insert into outbox (dedupe_key, chat_id, kind, method, payload, policy, state, not_before, created_at)
       values ('x', 999, 'say', 'message', '{}', 'at-most-once', 'failed', 0, 3)`,
    )
    expect(attentionOf(world.read)).toMatchObject([{ to: '', requestNumber: null, error: '' }])
  })

  test.each([
    {
      name: 'a caption',
      payload: { message: { from: { first_name: 'Anna' }, caption: 'Look' } },
      from: 'Anna',
      text: 'Look',
    },
    {
      name: 'an edit',
      payload: { edited_message: { from: { first_name: 'Anna' }, text: 'Leak' } },
      from: 'Anna',
      text: 'Leak',
    },
    {
      name: 'a press',
      payload: { callback_query: { from: { first_name: 'Anna' }, data: 'x' } },
      from: 'Anna',
      text: '',
    },
    {
      name: 'wrong types',
      payload: { message: { from: { first_name: 5 }, text: ['x'] } },
      from: '',
      text: '',
    },
    { name: 'a message that is none', payload: { message: 'hello' }, from: '', text: '' },
    { name: 'nobody', payload: { message: { text: 'Leak' } }, from: '', text: 'Leak' },
    { name: 'nothing', payload: null, from: '', text: '' },
    { name: 'a list', payload: [1, 2], from: '', text: '' },
    {
      name: 'a long text',
      payload: { message: { text: '😀'.repeat(400) } },
      from: '',
      text: `${'😀'.repeat(249)}…`,
    },
    {
      name: 'control characters',
      payload: { message: { from: { first_name: 'A\u202eb' }, text: 'x\u0000y\ud800' } },
      from: 'Ab',
      text: 'xy\ufffd',
    },
  ])('shows as much of a broken message as can be read: $name', ({ payload, from, text }) => {
    giveUp(5, payload)
    expect(attentionOf(world.read)).toMatchObject([{ from, text }])
  })

  test('is named by its update', () => {
    expect(['7:0:5', '7:0', 'x:0:5', '7:0:5:9', ''].map(updateKeyOf)).toEqual([
      { botId: 7, epoch: 0, updateId: 5 },
      null,
      null,
      null,
      null,
    ])
  })
})
