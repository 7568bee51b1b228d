import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PersonId } from '../../shared/model/ids'
import { findInvite } from '../db/invites'
import { findManager, findPerson } from '../db/people'
import { refusedWith } from '../testing/refused'
import { uuid } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'

const DAY = 24 * 3_600_000
const MAREK = 601

let world: World
beforeEach(() => {
  world = openWorld({ undoMs: 0 })
})
afterEach(() => {
  world.close()
})

const contact = { telegramId: 501, name: 'Anna', username: 'anna', language: 'ru' } as const
const nobody = PersonId.parse(uuid(999))
const journalled = () => world.sqlite.prepare('select count(*) from changes').pluck().get()

describe('whoever writes', () => {
  test('is a resident from then on, with an id that any desk would give', () => {
    const update = world.update()
    const person = world.people.meet(contact, update)
    const other = openWorld()
    const twin = other.people.meet(contact, update)
    other.close()
    expect({ person, twin: twin.id }).toEqual({
      person: {
        id: person.id,
        telegramId: 501,
        username: 'anna',
        role: 'user',
        isActive: true,
        createdAt: world.clock.now,
        name: 'Anna',
        namedByDesk: false,
        language: 'ru',
        unitId: null,
        blockedAt: null,
      },
      twin: person.id,
    })
  })

  test('is known the next time, and a new name or language is taken over', () => {
    const before = world.people.meet(contact, world.update())
    const count = journalled()
    const same = world.people.meet(contact, world.update())
    const again = journalled()
    const after = world.people.meet(
      { ...contact, name: 'Anna\u202e P.', username: null, language: 'en' },
      world.update(),
    )
    expect([same, again, after, findPerson(world.read, before.id)]).toEqual([
      before,
      count,
      { ...before, name: 'Anna P.', username: null, language: 'en' },
      after,
    ])
  })

  test('keeps the name that the desk has given, and any name rather than none', () => {
    const anna = world.people.meet(contact, world.update())
    const unnamed = world.people.meet({ ...contact, name: ' ' }, world.update())
    world.people.rename(anna.id, ' Mrs  Petrova ')
    expect([unnamed.name, world.people.meet(contact, world.update()).name]).toEqual(['Anna', 'Mrs Petrova'])
  })

  test('has a name of a length that fits, in whole characters', () => {
    expect(world.people.meet({ ...contact, name: '😀'.repeat(200) }, world.update()).name).toBe(
      `${'😀'.repeat(59)}…`,
    )
  })

  test('has not blocked the bot any more', () => {
    world.people.meet(contact, world.update())
    world.people.setBlocked(501, true)
    const blockedAt = world.person(501).blockedAt
    world.pass(1000)
    world.people.setBlocked(501, true)
    const still = world.person(501).blockedAt
    const back = world.people.meet(contact, world.update()).blockedAt
    world.people.setBlocked(501, true)
    world.people.setBlocked(501, false)
    expect([blockedAt, still, back, world.person(501).blockedAt]).toEqual([
      world.clock.now - 1000,
      blockedAt,
      null,
      null,
    ])
  })

  test('and was never seen can be blocked without harm', () => {
    world.people.setBlocked(999, true)
    expect(journalled()).toBe(1)
  })
})

describe('an invitation', () => {
  test('makes a technician of the name it was written for, once', () => {
    const invite = world.people.invite(' Marek  Novak ')
    const marek = world.meet(MAREK, 'M.')
    const technician = world.people.join(marek, invite.code)
    expect({
      technician,
      used: findInvite(world.read, invite.id),
      again: refusedWith(() => world.people.join(world.meet(602, 'Petr'), invite.code)),
    }).toEqual({
      technician: { ...marek, role: 'technician', name: 'Marek Novak', namedByDesk: true },
      used: {
        ...invite,
        createdAt: world.clock.now,
        expiresAt: world.clock.now + DAY,
        usedAt: world.clock.now,
        usedBy: marek.id,
      },
      again: 'invite-used',
    })
  })

  test.each([
    {
      name: 'expired',
      prepare: () => {
        world.pass(DAY)
      },
    },
    {
      name: 'revoked',
      prepare: (id: string) => {
        world.people.revokeInvite(id)
      },
    },
  ])('that is $name makes nobody anything', ({ prepare }) => {
    const invite = world.people.invite('Marek')
    const marek = world.meet(MAREK, 'Marek')
    prepare(invite.id)
    expect([refusedWith(() => world.people.join(marek, invite.code)), world.person(MAREK)]).toEqual([
      'invite-used',
      marek,
    ])
  })

  test('works until its last moment', () => {
    const invite = world.people.invite('Marek')
    world.pass(DAY - 1)
    expect(world.people.join(world.meet(MAREK, 'Marek'), invite.code).role).toBe('technician')
  })

  test('that nobody made is refused in the same words', () => {
    expect(refusedWith(() => world.people.join(world.meet(MAREK, 'Marek'), 'guess'))).toBe('invite-used')
  })

  test('that was used stays used when it is revoked afterwards', () => {
    const invite = world.people.invite('Marek')
    world.people.join(world.meet(MAREK, 'Marek'), invite.code)
    world.people.revokeInvite(invite.id)
    expect(findInvite(world.read, invite.id)?.revokedAt).toBeNull()
  })

  test('needs a name, and can be revoked only when there is one', () => {
    expect([
      refusedWith(() => world.people.invite(' ')),
      refusedWith(() => {
        world.people.revokeInvite('none')
      }),
    ]).toEqual(['name-missing', 'not-found'])
  })

  test('brings somebody back who had left', () => {
    const marek = world.technician(MAREK, 'Marek')
    world.people.setActive(marek.id, false)
    const back = world.people.join(world.person(MAREK), world.people.invite('Marek').code)
    expect(back.isActive).toBe(true)
  })
})

describe('the desk', () => {
  test('lets somebody take part or no longer, and a technician’s cards show that the jobs are gone', () => {
    const marek = world.technician(MAREK, 'Marek')
    const { id } = world.report(world.meet(501, 'Anna'))
    world.dispatching.assign(id, marek.id)
    world.sendAll()
    world.people.setActive(marek.id, false)
    expect([
      world.person(MAREK).isActive,
      world.told(MAREK).filter(({ state }) => state === 'pending'),
    ]).toEqual([false, [{ kind: 'job', chatId: MAREK, state: 'pending', notBefore: world.clock.now }]])
  })

  test.each([
    {
      name: 'nobody',
      act: () => {
        world.people.setActive(nobody, false)
      },
      code: 'not-found',
    },
    {
      name: 'the manager',
      act: () => {
        world.people.setActive(world.manager.id, false)
      },
      code: 'not-found',
    },
    {
      name: 'a name for nobody',
      act: () => {
        world.people.rename(nobody, 'Anna')
      },
      code: 'not-found',
    },
    {
      name: 'no name',
      act: () => {
        world.people.rename(world.manager.id, '\n')
      },
      code: 'name-missing',
    },
  ])('refuses $name', ({ act, code }) => {
    expect(refusedWith(act)).toBe(code)
  })

  test('has one manager, however often it starts', () => {
    expect([world.people.ensureManager(), findManager(world.read)]).toEqual([world.manager, world.manager])
  })
})
