import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PersonId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import { Priority } from '../../shared/model/vocabulary'
import { sampleRequest, uuid } from '../testing/sample-request'
import { boardOrder } from './board-order'
import * as rules from './request'
import type { Request } from './request'

const technicians = [PersonId.parse(uuid(201)), PersonId.parse(uuid(202))]

type Deed = { readonly name: string; readonly act: (request: Request, now: number) => Request }

const simple: readonly Deed[] = [
  { name: 'unassign', act: rules.unassign },
  { name: 'take', act: rules.take },
  { name: 'start', act: rules.start },
  { name: 'confirm', act: rules.confirm },
  { name: 'autoClose', act: rules.autoClose },
  { name: 'reopen', act: rules.reopen },
  { name: 'cancel', act: rules.cancel },
  { name: 'answer', act: rules.noteAnswer },
  { name: 'decline', act: (request, now) => rules.decline(request, 'Not ours', now) },
  { name: 'resolve', act: (request, now) => rules.resolve(request, 'Done', now) },
  { name: 'count', act: (request, now) => rules.recount(request, { unreadCount: 3 }, now) },
]
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...simple) },
  fc.constantFrom(...technicians).map((id): Deed => {
    return { name: 'assign', act: (request, now) => rules.assign(request, id, now) }
  }),
  fc.option(fc.integer({ min: 0, max: 10 ** 9 })).map((wait): Deed => {
    const until = (now: number) => (wait === null ? null : now + wait)
    return { name: 'hold', act: (request, now) => rules.hold(request, 'Waiting', until(now), now) }
  }),
  fc.constantFrom(...Priority.options).map((priority): Deed => {
    return { name: 'priority', act: (request, now) => rules.setPriority(request, priority, now) }
  }),
)
const steps = fc.array(fc.tuple(deed, fc.integer({ min: 0, max: 100 * 3_600_000 })), { maxLength: 40 })

const isBeingWorkedOn = ({ status }: Request) =>
  status === 'ASSIGNED' || status === 'IN_PROGRESS' || status === 'ON_HOLD'
const isHeld = ({ status }: Request) => status === 'ON_HOLD'
const isDone = ({ status }: Request) => status === 'RESOLVED' || status === 'CLOSED'
const isFree = ({ takenAt, startedAt }: Request) => takenAt === null && startedAt === null

/** Everything that must hold for a request, whatever has been done to it. */
const laws: Readonly<Record<string, (request: Request) => boolean>> = {
  'it has an end exactly when it is over': (r) => (r.endedAt !== null) === rules.isEnded(r.status),
  'somebody has it while it is worked on': (r) => !isBeingWorkedOn(r) || r.assignedTo !== null,
  'nobody has it in triage': (r) => r.status !== 'OPEN' || r.assignedTo === null,
  'nobody has taken or begun what nobody has': (r) => r.assignedTo !== null || isFree(r),
  'what is in progress was taken and begun': (r) =>
    r.status !== 'IN_PROGRESS' || (r.takenAt !== null && r.startedAt !== null),
  'it has a reason for waiting exactly while on hold': (r) => (r.holdReason !== null) === isHeld(r),
  'the rest of a hold is there only on hold': (r) =>
    isHeld(r) || (r.holdUntil === null && r.holdRemainingMs === null),
  'the resolution is paused on hold and runs until the work is done': (r) =>
    (r.resolutionDueAt === null) === isHeld(r) || isDone(r) || rules.isEnded(r.status),
  'it is completed exactly when resolved or closed': (r) => (r.completedAt !== null) === isDone(r),
  'it has no reason for an end before the end': (r) =>
    r.endedReason === null || isDone(r) || rules.isEnded(r.status),
  'its place on the board is that of its state': (r) => r.boardOrder === boardOrder(r),
  'its place is an exact number': (r) => Number.isSafeInteger(r.boardOrder),
}

test('whatever is done to a request in whatever order, its state is legal and its version rises', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let request = sampleRequest()
      let now = request.createdAt
      for (const [{ act }, pause] of all) {
        now += pause
        const before = request
        try {
          request = act(request, now)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
        if (request === before) continue
        expect({
          broken: Object.keys(laws).filter((law) => laws[law]?.(request) === false),
          version: request.version,
          updatedAt: request.updatedAt,
          same: [request.id, request.createdAt, request.userId, request.sequence],
        }).toEqual({
          broken: [],
          version: before.version + 1,
          updatedAt: now,
          same: [before.id, before.createdAt, before.userId, before.sequence],
        })
      }
    }),
    { numRuns: 400 },
  )
})

test('a rule that refuses is exactly one that the table does not offer, or one that comes too early or too late', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let request = sampleRequest()
      let now = request.createdAt
      for (const [{ name, act }, pause] of all) {
        now += pause
        const action = name as keyof typeof rules.transitions
        const offered = action in rules.transitions ? rules.allows(action, request.status) : true
        try {
          request = act(request, now)
          expect([name, offered]).toEqual([name, true])
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const mayBeLate =
            name === 'autoClose' || name === 'reopen' || name === 'take' || name === 'priority'
          expect([name, offered && !mayBeLate]).toEqual([name, false])
        }
      }
    }),
  )
})
