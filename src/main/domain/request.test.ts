import { describe, expect, test } from 'vitest'
import { PersonId, type RequestId } from '../../shared/model/ids'
import { RequestAction } from '../../shared/model/request'
import { Status } from '../../shared/model/vocabulary'
import { refusedWith } from '../testing/refused'
import { at, sampleRequest, uuid } from '../testing/sample-request'
import {
  actionsFrom,
  AUTO_CLOSE_MS,
  assign,
  autoClose,
  cancel,
  confirm,
  decline,
  hold,
  isEnded,
  noteAnswer,
  numberOf,
  placed,
  recount,
  reopen,
  REOPEN_MS,
  type Request,
  resolve,
  setPriority,
  start,
  suggestedPriority,
  take,
  transitions,
  unassign,
} from './request'

const marek = PersonId.parse(uuid(201))
const petra = PersonId.parse(uuid(202))
const HOUR = 3_600_000

const reported = at('2026-03-02 09:00')
const soon = at('2026-03-02 10:00')
const later = at('2026-03-02 12:00')

const open = sampleRequest()
const assigned = assign(open, marek, soon)
const inProgress = start(assigned, soon)
const onHold = hold(inProgress, 'Waiting for a part', null, soon)
const resolved = resolve(inProgress, 'New seal', soon)

/** One request in each status, on the way that leads there. */
const standing: Readonly<Record<Status, Request>> = {
  OPEN: open,
  ASSIGNED: assigned,
  IN_PROGRESS: inProgress,
  ON_HOLD: onHold,
  RESOLVED: resolved,
  CLOSED: confirm(resolved, soon),
  DUPLICATE: placed({ ...open, status: 'DUPLICATE', duplicateOf: uuid(2) as RequestId, endedAt: soon }),
  DECLINED: decline(open, 'Not ours', soon),
  CANCELLED: cancel(open, soon),
}

const closing = soon + AUTO_CLOSE_MS
const deeds: Readonly<Record<RequestAction, ((request: Request) => Request) | null>> = {
  assign: (request) => assign(request, petra, later),
  unassign: (request) => unassign(request, later),
  take: (request) => take({ ...request, takenAt: null }, later),
  start: (request) => start(request, later),
  hold: (request) => hold(request, 'Nobody at home', null, later),
  resolve: (request) => resolve(request, '', later),
  confirm: (request) => confirm(request, later),
  autoClose: (request) => autoClose({ ...request, completedAt: soon }, closing),
  reopen: (request) => reopen(request, later),
  decline: (request) => decline(request, 'Not ours', later),
  cancel: (request) => cancel(request, later),
  // The table knows it; nobody can do it yet.
  markDuplicate: null,
}

/** Where each action leads from each status; a dot is a refusal. */
const table = `
              OPEN      ASSIGNED    IN_PROGRESS ON_HOLD     RESOLVED CLOSED DUPLICATE DECLINED CANCELLED
assign        ASSIGNED  ASSIGNED    ASSIGNED    ASSIGNED    .        .      .         .        .
unassign      .         OPEN        OPEN        OPEN        .        .      .         .        .
take          .         ASSIGNED    .           .           .        .      .         .        .
start         .         IN_PROGRESS .           IN_PROGRESS .        .      .         .        .
hold          .         ON_HOLD     ON_HOLD     .           .        .      .         .        .
resolve       RESOLVED  RESOLVED    RESOLVED    RESOLVED    .        .      .         .        .
confirm       .         .           .           .           CLOSED   .      .         .        .
autoClose     .         .           .           .           CLOSED   .      .         .        .
reopen        .         .           .           .           OPEN     OPEN   .         .        .
decline       DECLINED  DECLINED    DECLINED    DECLINED    .        .      .         .        .
cancel        CANCELLED CANCELLED   CANCELLED   CANCELLED   .        .      .         .        .
markDuplicate DUPLICATE DUPLICATE   DUPLICATE   DUPLICATE   .        .      .         .        .
`
const [head = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/u))
const pairs = lines.flatMap(([action, ...cells]) =>
  cells.map((to, index) => ({
    action: RequestAction.parse(action),
    from: Status.parse(head[index]),
    to: to === '.' ? null : Status.parse(to),
  })),
)

describe('the table of transitions', () => {
  test('has a line for every action and a column for every status', () => {
    expect([lines.map(([action]) => action), head]).toEqual([Object.keys(transitions), Status.options])
  })

  test.each(pairs)('$action from $from leads to $to', ({ action, from, to }) => {
    const request = standing[from]
    const deed = deeds[action]
    const edge = transitions[action]
    const outcome = () => (deed === null ? edge.to : deed(request).status)

    expect(actionsFrom(from).includes(action)).toBe(to !== null)
    if (to !== null) expect(outcome()).toBe(to)
    else if (deed !== null) expect(refusedWith(outcome)).toBe('not-allowed-now')
  })

  test('a refusal says where the request stands', () => {
    expect(() => confirm(open, later)).toThrow(
      expect.objectContaining({ code: 'not-allowed-now', details: { status: 'OPEN' } }),
    )
  })
})

/** What an action changed, without the bookkeeping. */
function changed(before: Request, after: Request): Partial<Request> {
  const keys = (Object.keys(after) as (keyof Request)[]).filter((key) => before[key] !== after[key])
  const { boardOrder: _order, version: _version, updatedAt: _updated, ...rest } = after
  return Object.fromEntries(keys.filter((key) => key in rest).map((key) => [key, after[key]]))
}

describe('what an action does', () => {
  test('a new request waits for its first answer, by the resident’s clock', () => {
    expect(open).toMatchObject({
      status: 'OPEN',
      assignedTo: null,
      createdAt: reported,
      updatedAt: reported,
      responseDueAt: at('2026-03-03 09:00'),
      resolutionDueAt: at('2026-03-23 09:00'),
      unreadCount: 1,
      version: 1,
      boardOrder: at('2026-03-03 09:00') * 4 + 2,
    })
  })

  test.each([
    {
      name: 'assigning gives the job to somebody who has to take it, and answers the resident',
      before: open,
      after: assign(open, marek, soon),
      change: { status: 'ASSIGNED', assignedTo: marek, firstRespondedAt: soon },
    },
    {
      name: 'assigning to somebody else forgets that it was taken and begun',
      before: inProgress,
      after: assign(inProgress, petra, later),
      change: { status: 'ASSIGNED', assignedTo: petra, takenAt: null, startedAt: null },
    },
    {
      name: 'taking notes when',
      before: assigned,
      after: take(assigned, later),
      change: { takenAt: later },
    },
    {
      name: 'starting takes it too',
      before: assigned,
      after: start(assigned, later),
      change: { status: 'IN_PROGRESS', takenAt: later, startedAt: later },
    },
    {
      name: 'going on after a hold keeps when it was begun',
      before: onHold,
      after: start(onHold, soon),
      change: {
        status: 'IN_PROGRESS',
        holdReason: null,
        holdRemainingMs: null,
        resolutionDueAt: at('2026-03-23 09:00'),
      },
    },
    {
      name: 'giving back puts it to triage',
      before: inProgress,
      after: unassign(inProgress, later),
      change: { status: 'OPEN', assignedTo: null, takenAt: null, startedAt: null },
    },
    {
      name: 'resolving keeps the note',
      before: onHold,
      after: resolve(onHold, 'New seal', later),
      change: {
        status: 'RESOLVED',
        completedAt: later,
        endedReason: 'New seal',
        holdReason: null,
        holdRemainingMs: null,
      },
    },
    {
      name: 'resolving needs no note',
      before: open,
      after: resolve(open, '', later),
      change: { status: 'RESOLVED', completedAt: later, firstRespondedAt: later },
    },
    {
      name: 'confirming ends it',
      before: resolved,
      after: confirm(resolved, later),
      change: { status: 'CLOSED', endedAt: later },
    },
    {
      name: 'declining ends it with the reason',
      before: open,
      after: decline(open, 'Not ours', later),
      change: { status: 'DECLINED', endedReason: 'Not ours', endedAt: later, firstRespondedAt: later },
    },
    {
      name: 'cancelling answers nobody',
      before: open,
      after: cancel(open, later),
      change: { status: 'CANCELLED', endedAt: later },
    },
    {
      name: 'the first answer of a person counts once',
      before: open,
      after: noteAnswer(noteAnswer(open, soon), later),
      change: { firstRespondedAt: soon },
    },
    {
      name: 'counting changes what it counts',
      before: open,
      after: recount(open, { photoCount: 2, unreadCount: 0 }, later),
      change: { photoCount: 2, unreadCount: 0 },
    },
  ])('$name', ({ before, after, change }) => {
    expect(changed(before, after)).toEqual(change)
  })

  test('a job is taken once', () => {
    expect(refusedWith(() => take(take(assigned, soon), later))).toBe('not-allowed-now')
  })
})

describe('the clocks', () => {
  test('a hold pauses the resolution: what was left of it runs on afterwards', () => {
    const held = hold(assigned, 'Waiting for a part', at('2026-03-06 08:00'), at('2026-03-03 09:00'))
    const resumed = start(held, at('2026-03-06 09:00'))

    expect([assigned.resolutionDueAt, held.resolutionDueAt, resumed.resolutionDueAt]).toEqual([
      at('2026-03-23 09:00'),
      null,
      // Three working days later than without the hold.
      at('2026-03-26 09:00'),
    ])
  })

  test('a request without a target has none after a hold either', () => {
    const held = hold({ ...assigned, resolutionDueAt: null }, 'Waiting', null, soon)
    expect([held.holdRemainingMs, start(held, later).resolutionDueAt]).toEqual([null, null])
  })

  test('assigning or giving back what is on hold ends the hold', () => {
    const ended = { holdReason: null, holdUntil: null, holdRemainingMs: null }
    expect([assign(onHold, petra, soon), unassign(onHold, soon)]).toMatchObject([
      { ...ended, resolutionDueAt: inProgress.resolutionDueAt },
      { ...ended, resolutionDueAt: inProgress.resolutionDueAt },
    ])
  })

  test('another priority has other targets, measured from the report', () => {
    const urgent = setPriority(assigned, 'URGENT', later)
    expect(changed(assigned, urgent)).toEqual({
      priority: 'URGENT',
      responseDueAt: at('2026-03-02 10:00'),
      resolutionDueAt: at('2026-03-03 09:00'),
    })
  })

  test('the targets of what is on hold stay paused', () => {
    const high = setPriority(onHold, 'HIGH', later)
    expect(changed(onHold, high)).toEqual({
      priority: 'HIGH',
      responseDueAt: at('2026-03-02 13:00'),
      // Three working days less the three hours since the report.
      holdRemainingMs: 27 * HOUR,
    })
  })

  test.each(['RESOLVED', 'CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'] as const)(
    'the priority of a request that is %s stays',
    (status) => {
      expect(refusedWith(() => setPriority(standing[status], 'HIGH', later))).toBe('not-allowed-now')
    },
  )

  test('what is opened again gets fresh targets and begins anew, counted', () => {
    const now = at('2026-03-05 09:00')
    const again = reopen(confirm(resolved, later), now)
    expect(again).toEqual(
      placed({
        ...open,
        updatedAt: now,
        responseDueAt: at('2026-03-06 09:00'),
        resolutionDueAt: at('2026-03-26 09:00'),
        reopenedCount: 1,
        version: resolved.version + 2,
      }),
    )
  })

  test('another priority of what was opened again does not count the time before', () => {
    const now = at('2026-03-09 09:00')
    const high = setPriority(reopen(resolved, now), 'HIGH', now)
    expect([high.responseDueAt, high.resolutionDueAt]).toEqual([
      at('2026-03-09 13:00'),
      at('2026-03-12 09:00'),
    ])
  })

  test('a request can be opened again for seven days after its resolution', () => {
    expect(reopen(resolved, soon + REOPEN_MS).status).toBe('OPEN')
    expect(refusedWith(() => reopen(resolved, soon + REOPEN_MS + 1))).toBe('reopen-too-late')
  })

  test('a resolved request closes by itself after 72 hours, not earlier', () => {
    expect(AUTO_CLOSE_MS).toBe(72 * HOUR)
    expect(autoClose(resolved, soon + AUTO_CLOSE_MS)).toMatchObject({
      status: 'CLOSED',
      endedAt: soon + AUTO_CLOSE_MS,
    })
    expect(refusedWith(() => autoClose(resolved, soon + AUTO_CLOSE_MS - 1))).toBe('not-allowed-now')
  })
})

test.each([
  { desk: '', number: '142' },
  { desk: 'B', number: 'B-142' },
])('a number has the letter of the desk that gave it: $number', ({ desk, number }) => {
  expect(numberOf({ desk, sequence: 142 })).toBe(number)
})

test.each([
  { urgency: 'DANGER', priority: 'HIGH' },
  { urgency: 'SOON', priority: 'MEDIUM' },
  { urgency: 'CAN_WAIT', priority: 'LOW' },
  { urgency: null, priority: 'MEDIUM' },
] as const)('the urgency $urgency suggests $priority', ({ urgency, priority }) => {
  expect(suggestedPriority(urgency)).toBe(priority)
})

test('the archive has what is closed, a duplicate, declined or cancelled', () => {
  expect(Status.options.filter(isEnded)).toEqual(['CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'])
})
