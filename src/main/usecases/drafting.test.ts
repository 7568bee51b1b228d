import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UnitId } from '../../shared/model/ids'
import { findLink } from '../db/cards'
import { findDownload, findFiles } from '../db/files'
import type { Person } from '../db/people'
import { listBuildings, listUnits } from '../db/places'
import type { Draft } from '../domain/dialogue'
import { refusedWith } from '../testing/refused'
import { uuid } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'
import { readDialogue } from './dialogue-store'

const ANNA = 501
const MB = 1024 * 1024

let world: World
let anna: Person

beforeEach(() => {
  world = openWorld()
  anna = world.meet(ANNA, 'Anna')
})
afterEach(() => {
  world.close()
})

const draft = (): Draft | null => readDialogue(world.read, ANNA).draft
const say = (text: string) => {
  const spoken = world.spoken(anna)
  world.drafting.text(spoken, text)
  return spoken
}
const show = (
  uniqueId: string,
  options: { sizeBytes?: number; caption?: string; kind?: 'photo' | 'voice' } = {},
) => {
  const spoken = world.spoken(anna)
  world.drafting.file(
    spoken,
    {
      kind: options.kind ?? 'photo',
      fileId: `file-${uniqueId}`,
      uniqueId,
      name: 'p.jpg',
      at: spoken.writtenAt,
    },
    { sizeBytes: options.sizeBytes, caption: options.caption ?? '' },
  )
  return spoken
}
const press = () => world.pressed(anna, world.draftOf(anna).requestId)
const cards = () => world.told(ANNA).map(({ kind, state }) => [kind, state])

describe('a draft', () => {
  test('begins with the first words, and its card is drawn once for everything that comes meanwhile', () => {
    world.unit('Linden Court', '34')
    say('Leak')
    say('under the sink')
    show('a')
    expect([draft()?.texts.map(({ text }) => text), draft()?.files.length, cards()]).toEqual([
      ['Leak', 'under the sink'],
      1,
      [['status', 'pending']],
    ])
  })

  test('can begin empty, and with a picture', () => {
    world.drafting.begin(world.spoken(anna))
    const empty = draft()
    show('a', { caption: 'Leak' })
    expect([empty?.texts, empty?.files, draft()?.texts.map(({ text }) => text)]).toEqual([[], [], ['Leak']])
  })

  test('has its clock and its id from the first message, whoever handles it', () => {
    const spoken = world.spoken(anna)
    world.drafting.text(spoken, 'Leak')
    const first = draft()
    const other = openWorld()
    const twin = other.meet(ANNA, 'Anna')
    other.pass(60_000)
    other.drafting.text({ ...spoken, person: twin }, 'Leak')
    const second = readDialogue(other.read, ANNA).draft
    expect(second).toEqual({ ...first, requestId: first?.requestId, startedAt: spoken.writtenAt })
    other.close()
  })

  test('fetches each content once, and none that Telegram does not give', () => {
    show('a', { sizeBytes: 20 * MB })
    show('a')
    show('big', { sizeBytes: 20 * MB + 1 })
    expect([
      findDownload(world.read, 'a')?.state,
      findDownload(world.read, 'big')?.state,
      draft()?.files.length,
    ]).toEqual(['waiting', 'too-big', 2])
  })

  test('follows edits of its messages, and no others', () => {
    const first = say('Lek')
    const picture = show('a')
    const followed = [
      world.drafting.edit(first, 'Leak'),
      world.drafting.edit(picture, 'this pipe'),
      world.drafting.edit(world.spoken(anna), 'something else'),
    ]
    expect([followed, draft()?.texts.map(({ text }) => text)]).toEqual([
      [true, true, false],
      ['Leak', 'this pipe'],
    ])
  })

  test('that does not exist follows nothing', () => {
    expect(world.drafting.edit(world.spoken(anna), 'Leak')).toBe(false)
  })

  test('thrown away is gone, and its card says so', () => {
    say('Leak')
    const pressed = press()
    world.drafting.discard(pressed)
    expect([
      draft(),
      refusedWith(() => {
        world.drafting.discard(pressed)
      }),
    ]).toEqual([null, 'not-found'])
  })

  test('takes the urgency that its buttons set', () => {
    say('Leak')
    world.drafting.urgency(press(), 'DANGER')
    expect(draft()?.urgency).toBe('DANGER')
  })
})

describe('the place', () => {
  test('with no building set up is written after what happened', () => {
    say('Leak')
    say('Flat 34')
    expect(draft()?.place).toEqual({ label: 'Flat 34', unitId: null, buildingId: null })
  })

  test('is chosen from a list, or written instead', () => {
    const unitId = world.unit('Linden Court', '34')
    say('Leak')
    say('it drips')
    const place = draft()?.place
    world.drafting.show(press(), { kind: 'buildings' })
    const picker = draft()?.picker
    world.drafting.place(press(), unitId)
    const chosen = draft()?.place
    world.drafting.otherPlace(press())
    say('the cellar')
    expect([place, picker, chosen?.label, draft()?.place?.label]).toEqual([
      null,
      { kind: 'buildings' },
      'Linden Court, 34',
      'the cellar',
    ])
  })

  test('that is not there any more can’t be chosen', () => {
    say('Leak')
    expect(
      refusedWith(() => {
        world.drafting.place(press(), UnitId.parse(uuid(999)))
      }),
    ).toBe('not-found')
  })

  test('of a scanned code is settled at once', () => {
    world.unit('Linden Court', '34')
    const [unit] = listUnits(world.read)
    const began = world.drafting.beginAt(world.spoken(anna), { kind: 'unit', code: unit?.linkCode ?? '' })
    expect([began, draft()?.place?.label]).toEqual([true, 'Linden Court, 34'])
  })

  test('of a building’s code opens the list of its units; a building without units is the place itself', () => {
    world.unit('Linden Court', '34')
    world.places.addBuilding({ name: 'Garage', address: '' })
    const [garage, linden] = listBuildings(world.read)
    const scan = (code = '') => {
      world.drafting.beginAt(world.spoken(anna), { kind: 'building', code })
      return [draft()?.picker, draft()?.place]
    }
    expect([scan(linden?.linkCode), scan(garage?.linkCode)]).toEqual([
      [{ kind: 'units', buildingId: linden?.id, page: 0 }, null],
      [null, { label: 'Garage', unitId: null, buildingId: garage?.id }],
    ])
  })

  test.each([
    { name: 'nobody knows', prepare: () => {}, code: () => 'unknown' },
    {
      name: 'is not offered any more',
      prepare: () => {
        for (const { id } of listUnits(world.read)) world.places.setUnitActive(id, false)
        for (const { id } of listBuildings(world.read)) world.places.setBuildingActive(id, false)
      },
      code: (kind: 'unit' | 'building') =>
        (kind === 'unit' ? listUnits(world.read) : listBuildings(world.read))[0]?.linkCode ?? '',
    },
  ])('of a code that $name begins nothing', ({ prepare, code }) => {
    world.unit('Linden Court', '34')
    prepare()
    const began = (['unit', 'building'] as const).map((kind) =>
      world.drafting.beginAt(world.spoken(anna), { kind, code: code(kind) }),
    )
    expect([began, draft()]).toEqual([[false, false], null])
  })

  test('of the last request is known the next time, when it was a flat and not a common place', () => {
    const hall = world.unit('Linden Court', 'Hall')
    const [building] = listBuildings(world.read)
    if (building) world.places.addUnits(building.id, ['Cellar'], 'common')
    const cellar = listUnits(world.read).find(({ name }) => name === 'Cellar')?.id ?? hall
    const sendFrom = (unitId: UnitId) => {
      say('Leak')
      world.drafting.place(press(), unitId)
      world.drafting.send(press())
      anna = world.person(ANNA)
      return anna.unitId
    }
    const known = [sendFrom(cellar), sendFrom(hall), sendFrom(hall)]
    say('The next one')
    expect([known, draft()?.place?.label]).toEqual([[null, hall, hall], 'Linden Court, Hall'])
  })
})

describe('sending', () => {
  test('makes a request with the next number, from when the first words were written', () => {
    const startedAt = world.clock.now
    say('Leak under the sink.\nIt began last night')
    world.pass(60_000)
    say('Flat 34')
    world.drafting.urgency(press(), 'DANGER')
    const { requestId } = world.draftOf(anna)
    const request = world.drafting.send(press())

    expect({ request, stored: world.now(requestId), draft: draft() }).toEqual({
      request: {
        ...request,
        id: requestId,
        userId: anna.id,
        title: 'Leak under the sink',
        description: 'Leak under the sink.\nIt began last night',
        location: 'Flat 34',
        urgency: 'DANGER',
        priority: 'HIGH',
        source: 'telegram',
        sequence: 1,
        createdAt: startedAt,
        unreadCount: 1,
      },
      stored: request,
      draft: null,
    })
  })

  test('takes each picture of an album once, and knows later what every message was', () => {
    const words = say('Leak')
    const first = show('a')
    show('a')
    const voice = show('b', { kind: 'voice', caption: 'listen' })
    world.drafting.otherPlace(press())
    say('Flat 34')
    const request = world.drafting.send(press())
    expect({
      files: findFiles(world.read, request.id).map(({ uniqueId, fileType }) => [uniqueId, fileType]),
      photos: request.photoCount,
      parts: [words, first, voice].map(({ messageId }) => findLink(world.read, ANNA, messageId)?.part),
    }).toEqual({
      files: [
        ['a', 'photo'],
        ['b', 'voice'],
      ],
      photos: 1,
      parts: ['description', 'file', 'file'],
    })
  })

  test('works with pictures alone', () => {
    show('a')
    say('Flat 34')
    const request = world.drafting.send(press())
    expect([request.title, request.description, request.photoCount]).toEqual(['', '', 1])
  })

  test.each([
    {
      name: 'nothing to tell',
      prepare: () => {
        world.drafting.begin(world.spoken(anna))
      },
    },
    {
      name: 'no place',
      prepare: () => {
        say('Leak')
      },
    },
    {
      name: 'its words edited away',
      prepare: () => {
        const words = say('Leak')
        say('Flat 34')
        world.drafting.edit(words, '')
      },
    },
  ])('with $name is refused, and the draft stays', ({ prepare }) => {
    prepare()
    const before = draft()
    expect([refusedWith(() => world.drafting.send(press())), draft()]).toEqual(['nothing-to-send', before])
  })

  test('after ten within ten minutes is refused, keeps the draft, and goes well later', () => {
    const sendOne = () => {
      say('Leak')
      world.drafting.otherPlace(press())
      say('Flat 34')
      return world.drafting.send(press())
    }
    for (let count = 0; count < 10; count += 1) sendOne()
    const refused = refusedWith(sendOne)
    const kept = draft()
    world.pass(10 * 60_000 + 1)
    const request = world.drafting.send(press())
    expect([refused, kept?.texts.map(({ text }) => text), request.sequence]).toEqual([
      'too-many-requests',
      ['Leak'],
      11,
    ])
  })

  test('again is refused', () => {
    say('Leak')
    say('Flat 34')
    const pressed = press()
    world.drafting.send(pressed)
    expect(refusedWith(() => world.drafting.send(pressed))).toBe('not-found')
  })
})
