import { PersonId } from '../../shared/model/ids'
import { must, Refusal } from '../../shared/model/refusal'
import type { Language } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import { addInvite, findInvite, findInviteByCode, type Invite, saveInvite } from '../db/invites'
import {
  findByTelegramId,
  findManager,
  findManagerId,
  findPerson,
  type Person,
  savePerson,
} from '../db/people'
import { findJobsOf } from '../db/requests'
import { cleanLine, clip } from '../domain/plain-text'
import type { Deps } from './deps'
import { rowId } from './row-ids'
import { redrawJob } from './telling'

/** An invitation works for this long, in ms: 24 hours. */
const INVITE_MS = 24 * 3_600_000
const LONGEST_NAME = 120

/** Who wrote to the bot, as Telegram tells it. */
export type Contact = {
  readonly telegramId: number
  readonly name: string
  readonly username: string | null
  readonly language: Language
}

/** How people come, change and go. */
export type People = ReturnType<typeof createPeople>

/** Creates the use cases about people. */
export function createPeople(deps: Deps) {
  const { transact, now, newId, newCode } = deps
  const changePerson = (personId: PersonId, work: (person: Person) => Person) => {
    transact((db) => {
      const before = findPerson(db, personId)
      if (!before) throw new Refusal('not-found')
      savePerson(db, before, work(before), { actor: managerIdOf(db), at: now() })
    })
  }

  return {
    /** The person behind a message: known already, or made a resident now. */
    meet: (contact: Contact, update: UpdateKey): Person =>
      transact((db) => {
        const known = findByTelegramId(db, contact.telegramId)
        const name = clip(cleanLine(contact.name), LONGEST_NAME)
        if (!known) return welcome(db, contact, name, update, now())
        const after: Person = {
          ...known,
          name: known.namedByDesk || name === '' ? known.name : name,
          username: contact.username,
          language: contact.language,
          // Whoever writes to the bot has not blocked it any more.
          blockedAt: null,
        }
        savePerson(db, known, after, { actor: known.id, at: now() })
        return after
      }),

    /** Notes that the bot can't reach somebody any more, or can again. */
    setBlocked: (telegramId: number, blocked: boolean) => {
      transact((db) => {
        const person = findByTelegramId(db, telegramId)
        if (!person) return
        const after = { ...person, blockedAt: blocked ? (person.blockedAt ?? now()) : null }
        savePerson(db, person, after, { actor: null, at: now() })
      })
    },

    /** Makes the person a technician by a one-use code. Refuses a used, revoked, expired or unknown code. */
    join: (person: Person, code: string): Person =>
      transact((db) => {
        const invite = findInviteByCode(db, code)
        if (!invite || !isOpen(invite, now())) throw new Refusal('invite-used')
        const after: Person = {
          ...person,
          role: 'technician',
          isActive: true,
          name: invite.name,
          namedByDesk: true,
        }
        savePerson(db, person, after, { actor: person.id, at: now() })
        saveInvite(db, { ...invite, usedAt: now(), usedBy: person.id })
        return after
      }),

    /** Makes an invitation for a technician of this name. */
    invite: (name: string): Invite =>
      transact((db) => {
        const at = now()
        const invite = {
          id: newId(),
          code: newCode(),
          name: namedOrRefused(name),
          createdAt: at,
          expiresAt: at + INVITE_MS,
          usedAt: null,
          usedBy: null,
          revokedAt: null,
        }
        addInvite(db, invite)
        return invite
      }),

    /** Takes an invitation back. */
    revokeInvite: (id: string) => {
      transact((db) => {
        const invite = findInvite(db, id)
        if (!invite) throw new Refusal('not-found')
        if (isOpen(invite, now())) saveInvite(db, { ...invite, revokedAt: now() })
      })
    },

    /** Lets somebody take part, or no longer. A technician's cards then show that the jobs are not theirs any more. */
    setActive: (personId: PersonId, active: boolean) => {
      transact((db) => {
        const before = findPerson(db, personId)
        if (!before || before.role === 'manager') throw new Refusal('not-found')
        savePerson(db, before, { ...before, isActive: active }, { actor: managerIdOf(db), at: now() })
        const cause = { name: newId(), at: now() }
        for (const job of findJobsOf(db, personId, 1000)) redrawJob(db, job, personId, cause)
      })
    },

    /** Names somebody as the desk knows them; Telegram's name no longer replaces it. */
    rename: (personId: PersonId, name: string) => {
      const clean = namedOrRefused(name)
      changePerson(personId, (person) => ({ ...person, name: clean, namedByDesk: true }))
    },

    /** Makes sure that the manager of this desk exists, and returns them. */
    ensureManager: (): Person =>
      transact((db) => {
        const manager = findManager(db)
        if (manager) return manager
        const made = newPerson(PersonId.parse(newId()), '', now(), { role: 'manager' })
        savePerson(db, null, made, { actor: made.id, at: now() })
        return made
      }),
  }
}

/** The manager of this desk. Throws when `ensureManager` has not run. */
export function managerOf(db: WritableDb): Person {
  return must(findManager(db), 'the manager of this desk')
}

/** The id of the manager of this desk, whose every action is journalled with it. Throws like `managerOf`. */
export function managerIdOf(db: WritableDb): PersonId {
  return must(findManagerId(db), 'the manager of this desk')
}

/** A person without a past. `createdAt` is UTC ms. */
export function newPerson(
  id: PersonId,
  name: string,
  createdAt: number,
  given: Partial<Person> = {},
): Person {
  return {
    id,
    telegramId: null,
    username: null,
    role: 'user',
    isActive: true,
    createdAt,
    name,
    namedByDesk: false,
    language: 'en',
    unitId: null,
    blockedAt: null,
    ...given,
  }
}

function welcome(db: WritableDb, contact: Contact, name: string, update: UpdateKey, at: number): Person {
  const { telegramId, username, language } = contact
  const person = newPerson(PersonId.parse(rowId(update, 'person')), name, at, {
    telegramId,
    username,
    language,
  })
  savePerson(db, null, person, { actor: person.id, at })
  return person
}

function isOpen(invite: Invite, now: number): boolean {
  return invite.usedAt === null && invite.revokedAt === null && now < invite.expiresAt
}

function namedOrRefused(name: string): string {
  const clean = clip(cleanLine(name), LONGEST_NAME)
  if (clean === '') throw new Refusal('name-missing')
  return clean
}
