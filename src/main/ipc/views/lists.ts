import { z } from 'zod'
import type { AttentionItem } from '../../../shared/model/bot-state'
import type { Invite, Person } from '../../../shared/model/people'
import type { Building } from '../../../shared/model/places'
import type { ArchivedRequest } from '../../../shared/model/request'
import type { ReadableDb } from '../../db/database'
import { HELD } from '../../db/hold-outgoing'
import { findDead, type Incoming, type UpdateKey } from '../../db/inbox'
import { findOpenInvites } from '../../db/invites'
import { findTrouble } from '../../db/outbox'
import { listPeople } from '../../db/people'
import { countResidents, listBuildings, listUnits } from '../../db/places'
import { countByStatus, findArchived } from '../../db/requests'
import { readSetting } from '../../db/settings'
import { cleanLine, cleanText, clip } from '../../domain/plain-text'
import { numberOf } from '../../domain/request'

/** How much of a message the attention list shows, in UTF-16 units. */
const LONGEST_EXCERPT = 500

/** The t.me link that starts the bot with a parameter; empty while the bot's name is not known. */
export function startLink(db: ReadableDb, parameter: string): string {
  const username = readSetting(db, 'bot')?.username ?? ''
  return username === '' ? '' : `https://t.me/${username}?start=${parameter}`
}

/** Residents and technicians. */
export function peopleOf(db: ReadableDb): Person[] {
  return listPeople(db).map(({ telegramId, blockedAt, unit, building, ...person }) => ({
    ...person,
    reachable: telegramId !== null && blockedAt === null,
    place: unit === null ? null : `${building ?? ''}, ${unit}`,
  }))
}

/** Invitations that still work. */
export function invitesOf(db: ReadableDb, now: number): Invite[] {
  return findOpenInvites(db, now).map((invite) => inviteOf(db, invite))
}

/** An invitation with its link. */
export function inviteOf(
  db: ReadableDb,
  invite: { readonly id: string; readonly name: string; readonly code: string; readonly expiresAt: number },
): Invite {
  const { id, name, expiresAt } = invite
  return { id, name, expiresAt, link: startLink(db, `inv_${invite.code}`) }
}

/** Buildings with their units and links. */
export function placesOf(db: ReadableDb): Building[] {
  const residents = countResidents(db)
  const units = listUnits(db)
  return listBuildings(db).map((building) => ({
    id: building.id,
    name: building.name,
    address: building.address,
    isActive: building.isActive,
    link: startLink(db, `b_${building.linkCode}`),
    units: units
      .filter((unit) => unit.buildingId === building.id)
      .map(({ id, name, kind, isActive, linkCode }) => {
        return {
          id,
          name,
          kind,
          isActive,
          link: startLink(db, `u_${linkCode}`),
          residents: residents.get(id) ?? 0,
        }
      }),
  }))
}

/** One page of the archive, newest first. */
export function archiveOf(
  db: ReadableDb,
  after: { readonly endedAt: number; readonly id: string } | null,
  limit: number,
): { requests: ArchivedRequest[]; hasMore: boolean; total: number } {
  const rows = findArchived(db, after, limit + 1)
  const counts = countByStatus(db)
  const total = (['CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'] as const).reduce(
    (sum, status) => sum + (counts.get(status) ?? 0),
    0,
  )
  const requests = rows.slice(0, limit).map((row) => ({
    id: row.id,
    number: numberOf(row),
    title: row.title,
    place: row.location,
    status: row.status,
    priority: row.priority,
    createdAt: row.createdAt,
    endedAt: row.endedAt ?? row.createdAt,
    assignee: row.assigneeName,
  }))
  return { requests, hasMore: rows.length > limit, total }
}

/** What needs a look: messages that could not be handled, and sends that did not arrive or may not have. */
export function attentionOf(db: ReadableDb): Exclude<AttentionItem, { kind: 'backup' }>[] {
  const updates = findDead(db).map(updateItem)
  const sends = findTrouble(db).map((row): Extract<AttentionItem, { kind: 'message' }> => {
    const { desk, sequence } = row
    return {
      kind: 'message',
      outboxId: row.id,
      at: row.createdAt,
      // The query asks for these three only.
      state: row.state as 'unknown' | 'failed' | 'blocked',
      to: row.to ?? '',
      requestNumber: desk === null || sequence === null ? null : numberOf({ desk, sequence }),
      error: row.lastError === HELD ? '' : (row.lastError ?? ''),
      fromBackup: row.lastError === HELD,
    }
  })
  return [...updates, ...sends].sort((a, b) => b.at - a.at)
}

/** Names an update for the windows; `updateKeyOf` reads it back. */
function idOf({ botId, epoch, updateId }: UpdateKey): string {
  return [botId, epoch, updateId].join(':')
}

/** Reads the name of an update; null when it is none. */
export function updateKeyOf(id: string): UpdateKey | null {
  const match = /^(\d+):(\d+):(\d+)$/u.exec(id)
  if (!match) return null
  const [botId = 0, epoch = 0, updateId = 0] = match.slice(1).map(Number)
  return { botId, epoch, updateId }
}

function updateItem(row: Incoming): Extract<AttentionItem, { kind: 'update' }> {
  const { from, text } = excerptOf(row.payload)
  return { kind: 'update', id: idOf(row), at: row.receivedAt, from, text, error: row.lastError ?? '' }
}

const nothing = { first_name: '' }
/** What people wrote, as far as it has the types that Telegram documents: such a message may be broken in any way. */
const Written = z
  .object({
    from: z.object({ first_name: z.string() }).catch(nothing),
    text: z.string().optional().catch(undefined),
    caption: z.string().optional().catch(undefined),
  })
  .optional()
  .catch(undefined)
const Broken = z
  .object({ message: Written, edited_message: Written, callback_query: Written })
  .catch({ message: undefined, edited_message: undefined, callback_query: undefined })

/** Who wrote and what, as far as it can be read from a message that nothing else could be done with. */
function excerptOf(payload: string): { from: string; text: string } {
  const update = Broken.parse(JSON.parse(payload))
  const written = update.message ?? update.edited_message ?? update.callback_query
  return {
    from: cleanLine(written?.from.first_name ?? ''),
    text: clip(cleanText(written?.text ?? written?.caption ?? ''), LONGEST_EXCERPT),
  }
}
