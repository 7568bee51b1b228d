import { Refusal } from '../../shared/model/refusal'
import type { ReadableDb } from '../db/database'
import { findPerson, type Person } from '../db/people'
import { readSetting, writeSetting } from '../db/settings'
import type { Deps } from './deps'

/** A link for the manager's own chat works for this long, in ms: it is used at once, by whoever sits at the desk. */
const LINK_MS = 3_600_000

/** The chat that alerts go to. In a private chat its id is the person's. */
export type LinkedChat = {
  readonly person: Person
  readonly telegramId: number
  readonly linkedAt: number
}

/** How the manager's own chat is linked. */
export type Linking = ReturnType<typeof createLinking>

/** Creates the use cases about the manager's own chat. */
export function createLinking({ transact, now, newCode }: Deps) {
  return {
    /** Makes a one-time code; an earlier one no longer works. */
    makeCode: (): { readonly code: string; readonly expiresAt: number } =>
      transact((db) => {
        const made = { code: newCode(), expiresAt: now() + LINK_MS }
        writeSetting(db, 'managerCode', made)
        return made
      }),

    /** Links the chat of whoever brings the code. Refuses a used, replaced, expired or unknown one. */
    link: (person: Person, code: string) => {
      transact((db) => {
        const open = readSetting(db, 'managerCode')
        if (open === null || open.code !== code || now() >= open.expiresAt) throw new Refusal('invite-used')
        writeSetting(db, 'managerCode', null)
        writeSetting(db, 'managerChat', { personId: person.id, linkedAt: now() })
      })
    },

    /** From now on no chat gets alerts. */
    unlink: () => {
      transact((db) => {
        writeSetting(db, 'managerChat', null)
        writeSetting(db, 'managerCode', null)
      })
    },
  }
}

/** The chat that alerts go to; null while none is linked. */
export function managerChatOf(db: ReadableDb): LinkedChat | null {
  const linked = readSetting(db, 'managerChat')
  const person = linked === null ? undefined : findPerson(db, linked.personId)
  if (linked === null || person?.telegramId == null) return null
  return { person, telegramId: person.telegramId, linkedAt: linked.linkedAt }
}
