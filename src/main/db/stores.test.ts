import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RequestId } from '../../shared/model/ids'
import { uuid } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'
import { findCard, findCardByToken, findLink, linkMessage, saveCard, setCardMessage } from './cards'
import { deviceIdOf } from './device'
import { findDialogue, saveDialogue } from './dialogues'
import {
  findDead,
  findIncoming,
  findListening,
  findNew,
  finishIncoming,
  saveIncoming,
  saveListening,
  storeIncoming,
} from './inbox'
import { findOpenInvites } from './invites'
import { findManager, findTechnicians, listPeople } from './people'
import { countResidents, listUnits } from './places'
import { readSetting, writeSetting } from './settings'

let world: World
beforeEach(() => {
  world = openWorld()
})
afterEach(() => {
  world.close()
})

describe('the inbox', () => {
  const row = (updateId: number, chatId: number | null = 501) => ({
    botId: 7,
    epoch: 0,
    updateId,
    chatId,
    kind: 'message',
    receivedAt: updateId,
    payload: `{"update_id":${String(updateId)}}`,
  })

  test('stores an update once, and hands out new ones in Telegram’s order', () => {
    const stored = world.write((db) => [
      storeIncoming(db, row(12)),
      storeIncoming(db, row(11)),
      storeIncoming(db, { ...row(12), payload: '{"other":true}' }),
      storeIncoming(db, { ...row(3), epoch: 1 }),
    ])
    expect([
      stored,
      findNew(world.read, 10).map(({ epoch, updateId }) => [epoch, updateId]),
      findNew(world.read, 1).length,
    ]).toEqual([
      [true, true, false, true],
      [
        [0, 11],
        [0, 12],
        [1, 3],
      ],
      1,
    ])
  })

  test('keeps what was handled, left aside or given up', () => {
    world.write((db) => {
      for (const updateId of [1, 2, 3, 4]) storeIncoming(db, row(updateId))
      finishIncoming(db, row(1), 'done')
      finishIncoming(db, row(2), 'ignored')
      for (const updateId of [4, 3])
        saveIncoming(db, {
          ...row(updateId),
          state: 'dead',
          attempts: 5,
          notBefore: 9,
          lastError: 'TypeError',
        })
    })
    expect({
      fresh: findNew(world.read, 10),
      dead: findDead(world.read).map(({ updateId }) => updateId),
      states: [1, 2, 3].map((updateId) => findIncoming(world.read, row(updateId))?.state),
      none: findIncoming(world.read, row(9)),
    }).toEqual({ fresh: [], dead: [3, 4], states: ['done', 'ignored', 'dead'], none: undefined })
  })

  test('knows where the reading of each bot stands', () => {
    const before = findListening(world.read, 7)
    const first = { botId: 7, epoch: 0, nextOffset: 5, lastOkAt: 100 }
    const second = { botId: 7, epoch: 1, nextOffset: 2, lastOkAt: 200 }
    world.write((db) => {
      saveListening(db, first)
      saveListening(db, second)
    })
    expect([before, findListening(world.read, 7), findListening(world.read, 8)]).toEqual([
      { botId: 7, epoch: 0, nextOffset: null, lastOkAt: null },
      second,
      { botId: 8, epoch: 0, nextOffset: null, lastOkAt: null },
    ])
  })
})

describe('cards and links', () => {
  const card = {
    id: 'status:1',
    chatId: 501,
    kind: 'status',
    requestId: null,
    messageId: null,
    token: 'first',
    actions: '[]',
    updatedAt: 1,
  }

  test('the buttons of a card die when it is drawn anew', () => {
    const redrawn = { ...card, token: 'second', updatedAt: 2 }
    world.write((db) => {
      saveCard(db, card)
      saveCard(db, redrawn)
      setCardMessage(db, card.id, 77)
    })
    expect([
      findCard(world.read, card.id),
      findCardByToken(world.read, 'first'),
      findCardByToken(world.read, 'second')?.messageId,
    ]).toEqual([{ ...redrawn, messageId: 77 }, undefined, 77])
  })

  test('a message belongs to what it was noted for last', () => {
    const link = { chatId: 501, messageId: 5, requestId: RequestId.parse(uuid(1)), part: 'bot' } as const
    world.write((db) => {
      linkMessage(db, link)
      linkMessage(db, { ...link, requestId: RequestId.parse(uuid(2)), part: 'comment', commentId: uuid(3) })
    })
    expect([findLink(world.read, 501, 5), findLink(world.read, 502, 5)]).toEqual([
      { ...link, requestId: uuid(2), part: 'comment', commentId: uuid(3) },
      undefined,
    ])
  })

  test('a dialogue is kept for each chat', () => {
    world.write((db) => {
      saveDialogue(db, 501, '{"a":1}', 1)
      saveDialogue(db, 501, '{"a":2}', 2)
    })
    const version = world.sqlite.prepare('select version from dialogues where chat_id = 501').pluck().get()
    expect([findDialogue(world.read, 501), findDialogue(world.read, 502), version]).toEqual([
      '{"a":2}',
      undefined,
      2,
    ])
  })
})

describe('settings', () => {
  test('have a value until somebody sets another', () => {
    const before = [
      readSetting(world.read, 'language'),
      readSetting(world.read, 'setUp'),
      readSetting(world.read, 'gap'),
    ]
    world.write((db) => {
      writeSetting(db, 'language', 'en')
      writeSetting(db, 'language', 'ru')
      writeSetting(db, 'setUp', true)
      writeSetting(db, 'bot', { id: 7, name: 'House', username: 'house_bot' })
    })
    expect([
      before,
      readSetting(world.read, 'language'),
      readSetting(world.read, 'setUp'),
      readSetting(world.read, 'bot'),
    ]).toEqual([[null, false, null], 'ru', true, { id: 7, name: 'House', username: 'house_bot' }])
  })

  test('that are of another type than they must be are not believed', () => {
    world.sqlite.exec(`insert into settings (key, value) values ('setUp', '"yes"')`)
    expect(() => readSetting(world.read, 'setUp')).toThrow('expected boolean')
  })

  test('hold the id of the device, made once', () => {
    const ids = ['one', 'two'].map((id) => deviceIdOf(world.sqlite, () => id))
    world.sqlite.exec("update settings set value = 'null' where key = 'deviceId'")
    expect(ids).toEqual(['one', 'one'])
    expect(() => deviceIdOf(world.sqlite, () => 'three')).toThrow('no device id')
  })
})

describe('lists of people and places', () => {
  test('people are listed by role and name, with what they have open', () => {
    const anna = world.meet(501, 'Anna')
    const marek = world.technician(601, 'Marek')
    world.technician(602, 'Adam')
    const first = world.report(anna)
    world.report(anna)
    world.dispatching.assign(first.id, marek.id)
    expect(listPeople(world.read).map(({ name, openRequests }) => [name, openRequests])).toEqual([
      ['Adam', 0],
      ['Marek', 1],
      ['Anna', 2],
    ])
  })

  test('technicians who take no jobs are left out, and the manager is at the desk', () => {
    world.technician(601, 'Marek')
    const adam = world.technician(602, 'Adam')
    world.technician(603, 'Zora')
    world.people.setActive(adam.id, false)
    expect([findTechnicians(world.read).map(({ name }) => name), findManager(world.read)]).toEqual([
      ['Marek', 'Zora'],
      world.manager,
    ])
  })

  test('invitations are listed while they work', () => {
    const [used, revoked, open] = ['A', 'B', 'C'].map((name) => world.people.invite(name))
    if (used) world.people.join(world.meet(601, 'A'), used.code)
    if (revoked) world.people.revokeInvite(revoked.id)
    expect([
      findOpenInvites(world.read, world.clock.now),
      findOpenInvites(world.read, world.clock.now + 24 * 3_600_000),
    ]).toEqual([[open], []])
  })

  test('residents are counted by unit', () => {
    const unitId = world.unit('Linden Court', '34')
    const empty = world.unit('Linden Court', '35')
    for (const telegramId of [501, 502]) {
      const person = world.meet(telegramId, 'Somebody')
      world.drafting.text(world.spoken(person), 'Leak')
      world.drafting.place(world.pressed(person, world.draftOf(person).requestId), unitId)
      world.drafting.send(world.pressed(person, world.draftOf(person).requestId))
    }
    expect([countResidents(world.read), listUnits(world.read).map(({ id }) => id)]).toEqual([
      new Map([[unitId, 2]]),
      [unitId, empty],
    ])
  })
})
