import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BuildingId, RequestId, UnitId } from '../../shared/model/ids'
import type { Urgency } from '../../shared/model/vocabulary'
import { uuid } from '../testing/sample-request'
import {
  addFile,
  addText,
  choosePlace,
  descriptionOf,
  type Draft,
  type DraftFile,
  editText,
  hasContent,
  isReady,
  MOST_FILES,
  setUrgency,
  showPicker,
  startDraft,
  typePlace,
} from './dialogue'

const requestId = RequestId.parse(uuid(1))
const empty = startDraft(requestId, 1000, null)
const flat = {
  label: 'Linden Court, 34',
  unitId: UnitId.parse(uuid(34)),
  buildingId: BuildingId.parse(uuid(3)),
}
const photo = (uniqueId: string, messageId = 1): DraftFile => ({
  kind: 'photo',
  fileId: `file-${uniqueId}`,
  uniqueId,
  name: 'photo.jpg',
  messageId,
  at: 1000,
})
const say = (draft: Draft, text: string, placesKnown = true, messageId = 1) =>
  addText(draft, { messageId, text }, placesKnown)

test('a draft begins empty, at a place that is known', () => {
  expect(startDraft(requestId, 1000, flat)).toEqual({
    requestId,
    startedAt: 1000,
    texts: [],
    files: [],
    place: flat,
    urgency: null,
    picker: null,
    typingPlace: false,
  })
})

describe('words', () => {
  test('are the description, line after line', () => {
    const draft = say(say(empty, 'Leak under the sink ', true, 1), 'since last night', true, 2)
    expect([descriptionOf(draft), draft.texts]).toEqual([
      'Leak under the sink\nsince last night',
      [
        { messageId: 1, text: 'Leak under the sink' },
        { messageId: 2, text: 'since last night' },
      ],
    ])
  })

  test('without any letter are no words', () => {
    expect(say(empty, ' \u0000\u202e ')).toBe(empty)
  })

  test('are the place when it was asked for', () => {
    expect(say(typePlace(showPicker(empty, { kind: 'buildings' })), ' the  bicycle\ncellar ')).toEqual({
      ...empty,
      place: { label: 'the bicycle cellar', unitId: null, buildingId: null },
    })
  })

  test('are the place after the description when there is no list of places', () => {
    const draft = say(say(empty, 'Leak', false), 'Flat 34', false, 2)
    expect([descriptionOf(draft), draft.place]).toEqual([
      'Leak',
      { label: 'Flat 34', unitId: null, buildingId: null },
    ])
  })

  test('after the typed place belong to the description again', () => {
    const draft = say(say(say(empty, 'Leak', false), 'Flat 34', false, 2), 'it drips', false, 3)
    expect([descriptionOf(draft), draft.place?.label]).toEqual(['Leak\nit drips', 'Flat 34'])
  })

  test('that name no place leave it to be asked again', () => {
    const asked = typePlace(empty)
    expect(say(asked, '\u0000')).toBe(asked)
  })

  test('of a place and of a description have a longest length and end in whole characters', () => {
    const place = say(typePlace(empty), '😀'.repeat(200)).place?.label
    const description = descriptionOf(say(empty, '😀'.repeat(9000)))
    expect([place, description]).toEqual([`${'😀'.repeat(99)}…`, `${'😀'.repeat(7999)}…`])
  })

  test('that are edited change where they stand', () => {
    const draft = say(say(empty, 'Lek', true, 1), 'in the kitchen', true, 2)
    expect([editText(draft, 1, 'Leak '), editText(draft, 3, 'Leak')]).toEqual([
      {
        ...draft,
        texts: [
          { messageId: 1, text: 'Leak' },
          { messageId: 2, text: 'in the kitchen' },
        ],
      },
      null,
    ])
  })

  test('that are edited away are missed', () => {
    expect(editText(choosePlace(say(empty, 'Leak'), flat), 1, ' ')).toSatisfy(
      (draft: Draft) => !isReady(draft),
    )
  })

  test('put to a picture later are taken in', () => {
    const draft = addFile(empty, photo('a', 7))
    expect([editText(draft, 7, 'this pipe')?.texts, editText(draft, 7, ' ')]).toEqual([
      [{ messageId: 7, text: 'this pipe' }],
      draft,
    ])
  })
})

describe('files', () => {
  test('count once, however often they come', () => {
    const draft = addFile(addFile(addFile(empty, photo('a', 1)), photo('b', 2)), photo('a', 3))
    expect(draft.files).toEqual([photo('a', 1), photo('b', 2)])
  })

  test('are taken up to a limit', () => {
    let draft = empty
    for (let index = 0; index < MOST_FILES + 5; index += 1) draft = addFile(draft, photo(String(index)))
    expect(draft.files.length).toBe(MOST_FILES)
  })

  test('alone are enough to tell', () => {
    expect([hasContent(empty), hasContent(addFile(empty, photo('a')))]).toEqual([false, true])
  })
})

test('the list of places opens and closes; choosing closes it, writing the place closes it', () => {
  const list = { kind: 'units', buildingId: flat.buildingId, page: 1 } as const
  const shown = showPicker(typePlace(empty), list)
  expect([shown, showPicker(shown, null), choosePlace(shown, flat), typePlace(shown)]).toEqual([
    { ...empty, picker: list },
    empty,
    { ...empty, place: flat },
    { ...empty, typingPlace: true },
  ])
})

test('the same urgency again changes nothing, another one replaces it', () => {
  const urgencies = (...pressed: readonly Urgency[]) => pressed.reduce(setUrgency, empty).urgency
  expect([urgencies('SOON'), urgencies('SOON', 'SOON'), urgencies('SOON', 'DANGER')]).toEqual([
    'SOON',
    'SOON',
    'DANGER',
  ])
})

type Event =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'choose' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'list' }
  | { readonly kind: 'urgency' }
  | { readonly kind: 'edit'; readonly message: number; readonly text: string }

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom('Leak', 'Flat 34', ' ', '\u0000') }),
  fc.record({ kind: fc.constant('file' as const), name: fc.constantFrom('a', 'b') }),
  fc.record({
    kind: fc.constantFrom('choose' as const, 'ask' as const, 'list' as const, 'urgency' as const),
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    message: fc.nat({ max: 12 }),
    text: fc.constantFrom('', 'Tap'),
  }),
)

function follow(draft: Draft, happened: Event, messageId: number, placesKnown: boolean): Draft {
  switch (happened.kind) {
    case 'text':
      return addText(draft, { messageId, text: happened.text }, placesKnown)
    case 'file':
      return addFile(draft, photo(happened.name, messageId))
    case 'choose':
      return choosePlace(draft, flat)
    case 'ask':
      return typePlace(draft)
    case 'list':
      return showPicker(draft, { kind: 'buildings' })
    case 'urgency':
      return setUrgency(draft, 'SOON')
    case 'edit':
      return editText(draft, happened.message, happened.text) ?? draft
  }
}

/** Kept beside the draft: words by message, files by content, and whether a place was given or asked for. */
type Told = {
  readonly words: Map<number, string>
  readonly pictures: Map<string, number>
  placed: boolean
  asked: boolean
}

const hasTold = ({ words, pictures }: Told) =>
  [...words.values()].some((text) => text !== '') || pictures.size > 0

function note(told: Told, happened: Event, messageId: number, placesKnown: boolean): void {
  switch (happened.kind) {
    case 'text':
      noteWords(told, happened.text.replace('\u0000', '').trim(), messageId, placesKnown)
      return
    case 'file':
      if (!told.pictures.has(happened.name)) told.pictures.set(happened.name, messageId)
      return
    case 'edit': {
      const isPicture = [...told.pictures.values()].includes(happened.message) && happened.text !== ''
      if (told.words.has(happened.message) || isPicture) told.words.set(happened.message, happened.text)
      return
    }
    case 'urgency':
      return
    default:
      told.asked = happened.kind === 'ask'
      told.placed ||= happened.kind === 'choose'
  }
}

function noteWords(told: Told, text: string, messageId: number, placesKnown: boolean): void {
  if (text === '') return
  if (told.asked || (!placesKnown && !told.placed && hasTold(told))) {
    told.placed = true
    told.asked = false
  } else told.words.set(messageId, text)
}

test('in whatever order things are told, the draft can be sent exactly when there is a place and something to tell', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), fc.boolean(), (events, placesKnown) => {
      const told: Told = { words: new Map(), pictures: new Map(), placed: false, asked: false }
      let draft = empty
      events.forEach((happened, messageId) => {
        note(told, happened, messageId, placesKnown)
        draft = follow(draft, happened, messageId, placesKnown)

        expect({
          ready: isReady(draft),
          place: draft.place !== null,
          content: hasContent(draft),
          texts: draft.texts.map(({ messageId: id, text }) => [id, text]),
        }).toEqual({
          ready: told.placed && hasTold(told),
          place: told.placed,
          content: hasTold(told),
          texts: [...told.words],
        })
      })
    }),
    { numRuns: 500 },
  )
})
