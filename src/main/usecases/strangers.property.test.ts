import fc from 'fast-check'
import { v4 as uuidv4 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CommentId, PersonId, RequestId, type UnitId } from '../../shared/model/ids'
import { refusedWith } from '../testing/refused'
import { openWorld, type World } from '../testing/world'
import type { Person } from '../db/people'

let world: World
let unitId: UnitId
let requests: { readonly id: RequestId; readonly name: string }[]
let strangers: { readonly person: Person; readonly name: string }[]

const DAY = 24 * 3_600_000

beforeAll(() => {
  world = openWorld()
  const { dispatching, confirming, people } = world
  const anna = world.meet(501, 'Anna')
  const marek = world.technician(601, 'Marek')
  const jana = world.technician(602, 'Jana')
  const gone = world.technician(603, 'Petr')
  const made = (name: string, act: (id: RequestId) => void) => {
    const { id } = world.report(anna, name)
    act(id)
    return { id, name }
  }
  const assign = (id: RequestId, to = marek) => {
    dispatching.assign(id, to.id)
  }
  requests = [
    made('open', () => {}),
    made('assigned', assign),
    made('assigned to somebody who has left', (id) => {
      assign(id, gone)
    }),
    made('in progress', (id) => {
      assign(id)
      dispatching.start(id)
    }),
    made('on hold', (id) => {
      assign(id)
      dispatching.hold(id, 'Waiting for a part', null)
    }),
    made('resolved', (id) => {
      assign(id)
      dispatching.resolve(id, '')
    }),
    made('closed', (id) => {
      dispatching.resolve(id, '')
      confirming.fixed(world.pressed(anna, id))
    }),
    made('declined', (id) => {
      dispatching.decline(id, 'Not ours')
    }),
    made('cancelled', (id) => {
      confirming.cancel(world.pressed(anna, id))
    }),
  ]
  people.setActive(gone.id, false)
  strangers = [
    { name: 'another resident', person: world.meet(502, 'Boris') },
    { name: 'another technician', person: jana },
    { name: 'a technician who has left', person: world.person(603) },
    { name: 'a resident who writes at the same time', person: world.meet(503, 'Clara') },
  ]
  // Clara is writing a request of her own.
  world.drafting.text(world.spoken(world.person(503)), 'My own trouble')
  unitId = world.unit('Linden Court', '34')
})
afterAll(() => {
  world.close()
})

/** Everything that somebody in Telegram can do about a request by its id. */
const deeds: Readonly<Record<string, (person: Person, id: RequestId) => unknown>> = {
  'press Take': (person, id) => world.fieldwork.take(world.pressed(person, id)),
  'press Start': (person, id) => world.fieldwork.start(world.pressed(person, id)),
  'press Done': (person, id) => world.fieldwork.done(world.pressed(person, id)),
  'press Can’t': (person, id) => {
    world.fieldwork.askWhyNot(world.pressed(person, id))
  },
  'give a reason': (person, id) => world.fieldwork.giveBack(world.pressed(person, id), 'No time', uuidv4()),
  'press Fixed': (person, id) => world.confirming.fixed(world.pressed(person, id)),
  'press Not fixed': (person, id) => world.confirming.notFixed(world.pressed(person, id)),
  'press Cancel': (person, id) => world.confirming.cancel(world.pressed(person, id)),
  'explain what is wrong': (person, id) => {
    world.confirming.explain(world.spoken(person), id, {
      commentId: CommentId.parse(uuidv4()),
      text: 'It drips',
    })
  },
  reply: (person, id) =>
    world.commenting.fromTelegram({ ...world.spoken(person), requestId: id, text: 'Hello?', file: null }),
  'send the draft': (person, id) => world.drafting.send(world.pressed(person, id)),
  'discard the draft': (person, id) => {
    world.drafting.discard(world.pressed(person, id))
  },
  'set the urgency of the draft': (person, id) => {
    world.drafting.urgency(world.pressed(person, id), 'SOON')
  },
  'open the list of places': (person, id) => {
    world.drafting.show(world.pressed(person, id), { kind: 'buildings' })
  },
  'write another place': (person, id) => {
    world.drafting.otherPlace(world.pressed(person, id))
  },
  'choose a place': (person, id) => {
    world.drafting.place(world.pressed(person, id), unitId)
  },
}

/** Every row that anybody could have changed. */
function everything(): unknown[] {
  const tables = ['requests', 'comments', 'files', 'users', 'changes', 'outbox', 'dialogues', 'message_links']
  return tables.map((table) => world.sqlite.prepare(`select * from ${table}`).all())
}

test('whoever a request does not concern is refused in the same words as for one that never was, and changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(deeds)),
      fc.nat({ max: 8 }),
      fc.nat({ max: 3 }),
      fc.integer({ min: 0, max: 10 * DAY }),
      (deed, which, who, pause) => {
        const request = requests[which]
        const stranger = strangers[who]
        if (!request || !stranger) throw new Error('No such case')
        world.pass(pause)
        const before = everything()
        const act = (id: RequestId) => refusedWith(() => deeds[deed]?.(stranger.person, id))
        // As in a batch of updates: what was refused is answered, and everything else is kept.
        const [foreign, missing] = world.write(() => [act(request.id), act(RequestId.parse(uuidv4()))])
        const now = { deed, request: request.name, stranger: stranger.name }
        expect({
          ...now,
          foreign,
          missing,
          changed: JSON.stringify(everything()) !== JSON.stringify(before),
        }).toEqual({
          ...now,
          foreign: 'not-found',
          missing: 'not-found',
          changed: false,
        })
      },
    ),
    { numRuns: 600 },
  )
})

test('the technician who has the job is no stranger to it, but not its reporter either', () => {
  const [, assigned] = requests
  if (!assigned) throw new Error('No assigned request')
  const marek = world.person(601)
  expect(
    ['press Fixed', 'press Not fixed', 'press Cancel', 'explain what is wrong'].map((deed) =>
      refusedWith(() => deeds[deed]?.(marek, assigned.id)),
    ),
  ).toEqual(['not-found', 'not-found', 'not-found', 'not-found'])
})

test('the reporter is not its technician', () => {
  const [, assigned] = requests
  if (!assigned) throw new Error('No assigned request')
  const anna = world.person(501)
  expect(
    ['press Take', 'press Start', 'press Done', 'press Can’t', 'give a reason'].map((deed) =>
      refusedWith(() => deeds[deed]?.(anna, assigned.id)),
    ),
  ).toEqual(['not-found', 'not-found', 'not-found', 'not-found', 'not-found'])
})

test('an edit of somebody else’s words is not followed', () => {
  const [open] = requests
  if (!open) throw new Error('No open request')
  const before = everything()
  const boris = { person: world.person(502), update: world.update(), chatId: 502, at: world.clock.now }
  const followed = ['description', 'comment', 'file', 'bot'].map((part) =>
    world.commenting.edit(boris, { requestId: open.id, part, commentId: null }, 'Something else'),
  )
  expect([followed, everything()]).toEqual([[false, false, false, false], before])
})

test('everything that the desk does about a request that is not there is refused', () => {
  const id = RequestId.parse(uuidv4())
  const { dispatching, commenting } = world
  const marek = PersonId.parse(world.person(601).id)
  expect(
    [
      () => dispatching.assign(id, marek),
      () => dispatching.unassign(id),
      () => dispatching.setPriority(id, 'HIGH'),
      () => dispatching.start(id),
      () => dispatching.hold(id, 'Waiting', null),
      () => dispatching.resolve(id, ''),
      () => dispatching.decline(id, 'Not ours'),
      () => dispatching.reopen(id),
      () => dispatching.undo(id, 'x'),
      () => commenting.fromDesk(id, 'Hello', 'public'),
      () => {
        commenting.markRead(id)
      },
    ].map(refusedWith),
  ).toEqual(Array(11).fill('not-found'))
})
