import type { BuildingId, RequestId, UnitId } from '../../shared/model/ids'
import type { FileKind, Urgency } from '../../shared/model/vocabulary'
import { cleanLine, cleanText, clip } from './plain-text'

/** A file that waits in a draft. */
export type DraftFile = {
  readonly kind: FileKind
  readonly fileId: string
  readonly uniqueId: string
  readonly name: string
  readonly messageId: number
  readonly at: number
}

/** Where the request is about; the label is what people read. */
export type Place = {
  readonly label: string
  readonly unitId: UnitId | null
  readonly buildingId: BuildingId | null
}

/** Which list of places the draft card shows instead of its own buttons. */
export type Picker =
  | { readonly kind: 'buildings' }
  | { readonly kind: 'units'; readonly buildingId: BuildingId; readonly page: number }

/** A request that its resident is still writing. It has the id that the request will have. */
export type Draft = {
  readonly requestId: RequestId
  /** When the first message was written, in UTC ms: the request's clock will start here. */
  readonly startedAt: number
  readonly texts: readonly { readonly messageId: number; readonly text: string }[]
  readonly files: readonly DraftFile[]
  readonly place: Place | null
  readonly urgency: Urgency | null
  readonly picker: Picker | null
  /** The next text is the place. */
  readonly typingPlace: boolean
}

/** What the bot has asked and waits to hear in the next message. */
export type Question = {
  readonly kind: 'cannot' | 'not-fixed'
  readonly requestId: RequestId
  /** The card that asks, when it has buttons. */
  readonly cardId: string | null
}

/** All that the bot remembers of a chat. */
export type Dialogue = {
  readonly draft: Draft | null
  readonly question: Question | null
}

/** The beginning of every chat. */
export const SILENCE: Dialogue = { draft: null, question: null }

/** Most files that one request takes from its draft; more go into the thread as comments. */
export const MOST_FILES = 30
/** Longest description, in UTF-16 units; what is over it stays in the inbox. */
const LONGEST_DESCRIPTION = 16_000
/** Longest place that somebody writes, in UTF-16 units. */
const LONGEST_PLACE = 200

/** Begins a draft. With a known place the resident is not asked for it. */
export function startDraft(requestId: RequestId, startedAt: number, place: Place | null): Draft {
  return {
    requestId,
    startedAt,
    texts: [],
    files: [],
    place,
    urgency: null,
    picker: null,
    typingPlace: false,
  }
}

/**
 * Takes a text into the draft: as the place when that was asked for, or when there is no list of places to
 * choose from and what happened is already told; otherwise as a part of the description.
 */
export function addText(
  draft: Draft,
  message: { readonly messageId: number; readonly text: string },
  placesKnown: boolean,
): Draft {
  const asksPlace = draft.typingPlace || (!placesKnown && draft.place === null && hasContent(draft))
  if (asksPlace) {
    const label = clip(cleanLine(message.text), LONGEST_PLACE)
    if (label !== '')
      return { ...draft, place: { label, unitId: null, buildingId: null }, typingPlace: false, picker: null }
  }
  const text = cleanText(message.text)
  if (text === '') return draft
  return { ...draft, texts: [...draft.texts, { messageId: message.messageId, text }] }
}

/** Takes a photo or other file into the draft; the same one twice counts once. */
export function addFile(draft: Draft, file: DraftFile): Draft {
  const known = draft.files.some(({ uniqueId }) => uniqueId === file.uniqueId)
  if (known || draft.files.length >= MOST_FILES) return draft
  return { ...draft, files: [...draft.files, file] }
}

/**
 * Follows an edit that the resident made to a message of the draft: also of a picture that had no words before.
 * Null when the message is not in the draft.
 */
export function editText(draft: Draft, messageId: number, text: string): Draft | null {
  const cleaned = cleanText(text)
  if (draft.texts.some((part) => part.messageId === messageId)) {
    const texts = draft.texts.map((part) =>
      part.messageId === messageId ? { ...part, text: cleaned } : part,
    )
    return { ...draft, texts }
  }
  if (!draft.files.some((file) => file.messageId === messageId)) return null
  return cleaned === '' ? draft : { ...draft, texts: [...draft.texts, { messageId, text: cleaned }] }
}

/** Settles the place and closes the list. */
export function choosePlace(draft: Draft, place: Place): Draft {
  return { ...draft, place, picker: null, typingPlace: false }
}

/** Opens a list of places, or closes it with null. */
export function showPicker(draft: Draft, picker: Picker | null): Draft {
  return { ...draft, picker, typingPlace: false }
}

/** Lets the resident write the place instead of choosing it. */
export function typePlace(draft: Draft): Draft {
  return { ...draft, picker: null, typingPlace: true }
}

/**
 * Notes how pressing the resident says it is. The same choice again changes nothing: Telegram may deliver one
 * press twice, as two updates (tdlib/td#699).
 */
export function setUrgency(draft: Draft, urgency: Urgency): Draft {
  return { ...draft, urgency }
}

/** What has been written so far, as the request's description. */
export function descriptionOf(draft: Draft): string {
  const whole = draft.texts.map(({ text }) => text).join('\n')
  return clip(whole, LONGEST_DESCRIPTION)
}

/** Whether there is something to tell: words or files. */
export function hasContent(draft: Draft): boolean {
  return draft.texts.some(({ text }) => text !== '') || draft.files.length > 0
}

/** Whether the draft can be sent: a place, and words or files. */
export function isReady(draft: Draft): boolean {
  return draft.place !== null && hasContent(draft)
}
