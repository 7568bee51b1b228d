import { type PersonId, RequestId, type UnitId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import type { Priority } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import { findPerson, savePerson } from '../db/people'
import { findUnit } from '../db/places'
import { saveRequest } from '../db/requests'
import { cleanLine, cleanText, titleOf } from '../domain/plain-text'
import * as rules from '../domain/request'
import type { Request } from '../domain/request'
import { requestOrRefused } from './commenting'
import { redrawConfirm } from './confirming'
import type { Deps } from './deps'
import { managerIdOf, managerOf, newPerson } from './people'
import { registerRequest } from './registering'
import { askWhetherFixed, type Cause, redrawCards, redrawJob, tellJob, tellResident } from './telling'
import { createUndo } from './undo'

/** What an action gave: the request as it is now, and the key by which it can be undone. */
export type Done = { readonly request: Request; readonly undo: string | null }

/** A request that the manager writes down for somebody at the door or on the phone. */
export type WrittenDown = {
  readonly description: string
  readonly place: string
  readonly unitId: UnitId | null
  readonly reporterName: string | null
  readonly priority: Priority
}

/** What the manager does about requests. */
export type Dispatching = ReturnType<typeof createDispatching>

type Rule = (request: Request, now: number, db: WritableDb) => Request
type Tell = (db: WritableDb, before: Request, after: Request, cause: Cause) => void

/** Creates the use cases by which the manager works. Messages wait until the action can't be undone any more. */
export function createDispatching(deps: Deps) {
  const { transact, now, newId, undoMs, desk } = deps
  const undo = createUndo(deps)

  const act = (requestId: RequestId, rule: Rule, tell: Tell): Done =>
    transact((db) => {
      const before = requestOrRefused(db, requestId)
      const at = now()
      const after = rule(before, at, db)
      const id = newId()
      saveRequest(db, before, after, { actor: managerIdOf(db), at })
      const until = at + undoMs
      tell(db, before, after, { name: id, at, undo: { id, until } })
      undo.remember(id, { before, after, until })
      return { request: after, undo: id }
    })

  return {
    /** Writes down what somebody reported at the desk. */
    create: (given: WrittenDown): Done =>
      transact((db) => {
        const description = cleanText(given.description)
        if (description === '') throw new Refusal('text-missing')
        const unit = given.unitId === null ? undefined : findUnit(db, given.unitId)
        const at = now()
        const request = registerRequest(
          db,
          {
            id: RequestId.parse(newId()),
            userId: reporterFor(db, deps, given.reporterName, unit?.id ?? null),
            title: titleOf(description),
            description,
            location: cleanLine(given.place),
            unitId: unit?.id ?? null,
            buildingId: unit?.buildingId ?? null,
            urgency: null,
            priority: given.priority,
            source: 'desk',
            createdAt: at,
            desk,
          },
          managerIdOf(db),
        )
        const read = rules.recount(request, { unreadCount: 0 }, at)
        saveRequest(db, request, read, { actor: managerIdOf(db), at })
        return { request: read, undo: null }
      }),

    /** Gives the job to a technician. Refuses one who takes no jobs now. */
    assign: (requestId: RequestId, technicianId: PersonId): Done =>
      act(
        requestId,
        (request, at, db) => rules.assign(request, availableOrRefused(db, technicianId), at),
        (db, before, after, cause) => {
          letGo(db, before, after, cause)
          tellJob(db, after, technicianId, cause)
          redrawCards(db, after, cause)
          tellResident(db, after, 'assigned', cause)
        },
      ),

    /** Takes the job back to triage. */
    unassign: (requestId: RequestId): Done => act(requestId, rules.unassign, redraw),

    /** Changes how important it is. */
    setPriority: (requestId: RequestId, priority: Priority): Done =>
      act(requestId, (request, at) => rules.setPriority(request, priority, at), redraw),

    /** Work begins, or goes on after a hold. */
    start: (requestId: RequestId): Done => act(requestId, rules.start, redraw),

    /** Pauses the work, with the reason that the resident is told. */
    hold: (requestId: RequestId, reason: string, until: number | null): Done =>
      act(
        requestId,
        (request, at) => rules.hold(request, worded(reason), until, at),
        (db, before, after, cause) => {
          redraw(db, before, after, cause)
          tellResident(db, after, 'held', cause)
        },
      ),

    /** The work is done: asks the resident. */
    resolve: (requestId: RequestId, note: string): Done =>
      act(
        requestId,
        (request, at) => rules.resolve(request, cleanText(note), at),
        (db, before, after, cause) => {
          redraw(db, before, after, cause)
          askWhetherFixed(db, after, cause)
        },
      ),

    /** Says no, with the reason that the resident is told. */
    decline: (requestId: RequestId, reason: string): Done =>
      act(
        requestId,
        (request, at) => rules.decline(request, worded(reason), at),
        (db, before, after, cause) => {
          redraw(db, before, after, cause)
          tellResident(db, after, 'declined', cause)
        },
      ),

    /** Opens a finished request again. */
    reopen: (requestId: RequestId): Done =>
      act(requestId, rules.reopen, (db, before, after, cause) => {
        redraw(db, before, after, cause)
        redrawConfirm(db, before, cause)
      }),

    /** Takes an action back, with the messages about it that are still held. Refuses when it is too late. */
    undo: (requestId: RequestId, undoId: string): Request => undo.takeBack(requestId, undoId),
  }
}

/** Redraws every card about the request, also that of a technician whose job it was. */
function redraw(db: WritableDb, before: Request, after: Request, cause: Cause): void {
  letGo(db, before, after, cause)
  redrawCards(db, after, cause)
}

function letGo(db: WritableDb, before: Request, after: Request, cause: Cause): void {
  const former = before.assignedTo
  if (former !== null && former !== after.assignedTo) redrawJob(db, after, former, cause)
}

function availableOrRefused(db: WritableDb, id: PersonId): PersonId {
  const technician = findPerson(db, id)
  if (technician?.role !== 'technician' || !technician.isActive) throw new Refusal('technician-unavailable')
  return id
}

function worded(reason: string): string {
  const clean = cleanText(reason)
  if (clean === '') throw new Refusal('text-missing')
  return clean
}

/** The manager, or somebody without Telegram of whom only the name is known. */
function reporterFor(
  db: WritableDb,
  { newId, now }: Deps,
  name: string | null,
  unitId: UnitId | null,
): PersonId {
  const manager = managerOf(db)
  const clean = name === null ? '' : cleanLine(name)
  if (clean === '') return manager.id
  const id = newId() as PersonId
  const person = newPerson(id, clean, now(), { namedByDesk: true, unitId })
  savePerson(db, null, person, { actor: manager.id, at: now() })
  return id
}
