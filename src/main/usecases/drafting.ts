import { v5 as uuidv5 } from 'uuid'
import { RequestId, type UnitId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import type { Urgency } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import { linkMessage } from '../db/cards'
import { type Person, savePerson } from '../db/people'
import {
  findBuilding,
  findBuildingByCode,
  findUnit,
  findUnitByCode,
  findUnits,
  hasBuildings,
} from '../db/places'
import {
  addFile,
  addText,
  choosePlace,
  descriptionOf,
  type Dialogue,
  type Draft,
  editText,
  hasContent,
  type Picker,
  type Place,
  setUrgency,
  showPicker,
  startDraft,
  typePlace,
} from '../domain/dialogue'
import { countOf } from '../db/requests'
import { titleOf } from '../domain/plain-text'
import { type Request, suggestedPriority } from '../domain/request'
import type { Deps } from './deps'
import { readDialogue, writeDialogue } from './dialogue-store'
import { attachFiles, fetchFile, type IncomingFile, registerRequest } from './registering'
import { rowId, updateName } from './row-ids'
import { type Cause, drawCard } from './telling'

/** A resident may send so many requests in this time, in ms: more is a mistake or malice, and would bury the others. */
const MOST_REQUESTS = 10
const LATELY_MS = 10 * 60_000

/** Somebody's message, as far as drafting needs to know it. Instants are UTC ms. */
export type Spoken = {
  readonly update: UpdateKey
  readonly person: Person
  readonly chatId: number
  readonly messageId: number
  /** When it was written, by Telegram's clock. */
  readonly writtenAt: number
}

/** How a resident's messages become a request. */
export type Drafting = ReturnType<typeof createDrafting>

/** Creates the use cases by which a resident writes a request. */
export function createDrafting({ transact, now, desk }: Deps) {
  const change = (spoken: Spoken, work: (draft: Draft, db: WritableDb) => Draft) => {
    transact((db) => {
      const dialogue = readDialogue(db, spoken.chatId)
      const draft = dialogue.draft ?? newDraft(db, spoken)
      keep(db, spoken, { draft: work(draft, db), question: null })
    })
  }
  const keep = (db: WritableDb, spoken: Spoken, dialogue: Dialogue & { readonly draft: Draft }) => {
    writeDialogue(db, spoken.chatId, dialogue, now())
    draw(db, spoken.chatId, dialogue.draft.requestId, { name: updateName(spoken.update), at: now() })
  }

  return {
    /** Takes words into the draft, which begins with them if there is none. */
    text: (spoken: Spoken, text: string) => {
      change(spoken, (draft, db) =>
        addText(draft, { messageId: spoken.messageId, text }, draft.place !== null || hasBuildings(db)),
      )
    },

    /** Takes a photo or other file into the draft, with its caption, and begins to fetch it. */
    file: (
      spoken: Spoken,
      file: IncomingFile,
      options: { sizeBytes: number | undefined; caption: string },
    ) => {
      change(spoken, (draft, db) => {
        fetchFile(db, file, options.sizeBytes, now())
        const withFile = addFile(draft, { ...file, messageId: spoken.messageId })
        return options.caption === ''
          ? withFile
          : addText(withFile, { messageId: spoken.messageId, text: options.caption }, true)
      })
    },

    /** Follows an edit of a message that is still in the draft; false when it is not in one. */
    edit: (spoken: Spoken, text: string): boolean =>
      transact((db) => {
        const { draft, question } = readDialogue(db, spoken.chatId)
        const edited = draft === null ? null : editText(draft, spoken.messageId, text)
        if (edited === null) return false
        keep(db, spoken, { draft: edited, question })
        return true
      }),

    /** Starts a draft at the place of a scanned code; false when the code leads nowhere. */
    beginAt: (spoken: Spoken, link: { readonly kind: 'unit' | 'building'; readonly code: string }): boolean =>
      transact((db) => {
        const draft = readDialogue(db, spoken.chatId).draft ?? newDraft(db, spoken)
        const placed = placeByLink(db, draft, link)
        if (placed === null) return false
        keep(db, spoken, { draft: placed, question: null })
        return true
      }),

    /** Starts an empty draft, so that its card asks for what is needed. */
    begin: (spoken: Spoken) => {
      change(spoken, (draft) => draft)
    },

    /** Notes how pressing the resident says it is. Refuses when the draft is gone. */
    urgency: (pressed: Pressed, urgency: Urgency) => {
      transact((db) => {
        keepPressed(db, pressed, setUrgency(ownDraft(db, pressed), urgency), now())
      })
    },

    /** Opens a list of places, or closes it with null. Refuses when the draft is gone. */
    show: (pressed: Pressed, picker: Picker | null) => {
      transact((db) => {
        keepPressed(db, pressed, showPicker(ownDraft(db, pressed), picker), now())
      })
    },

    /** Lets the resident write the place. Refuses when the draft is gone. */
    otherPlace: (pressed: Pressed) => {
      transact((db) => {
        keepPressed(db, pressed, typePlace(ownDraft(db, pressed)), now())
      })
    },

    /** Settles the place by a unit of the list. Refuses when the draft or the unit is gone. */
    place: (pressed: Pressed, unitId: UnitId) => {
      transact((db) => {
        const place = placeOfUnit(db, unitId)
        if (place === null) throw new Refusal('not-found')
        keepPressed(db, pressed, choosePlace(ownDraft(db, pressed), place), now())
      })
    },

    /**
     * Makes the draft a request with a number. Refuses when something is missing, when the draft is gone, and when
     * the resident has just sent very many: the draft stays then.
     */
    send: (pressed: Pressed): Request =>
      transact((db) => {
        const draft = ownDraft(db, pressed)
        const { place } = draft
        if (place === null || !hasContent(draft)) throw new Refusal('nothing-to-send')
        if (sentLately(db, pressed.person, now()) >= MOST_REQUESTS) throw new Refusal('too-many-requests')
        const request = fromDraft(db, pressed, { ...draft, place }, desk)
        remember(db, pressed.person, place, now())
        writeDialogue(db, pressed.chatId, { draft: null, question: null }, now())
        draw(db, pressed.chatId, draft.requestId, pressed.cause)
        return request
      }),

    /** Throws the draft away. Refuses when it is gone already. */
    discard: (pressed: Pressed) => {
      transact((db) => {
        const draft = ownDraft(db, pressed)
        writeDialogue(db, pressed.chatId, { draft: null, question: null }, now())
        draw(db, pressed.chatId, draft.requestId, pressed.cause)
      })
    },
  }
}

/** Somebody's press of a button on a card. */
export type Pressed = {
  readonly person: Person
  readonly chatId: number
  readonly requestId: RequestId
  readonly cause: Cause
}

/** Also ahead of now, by as much: a clock that is slow would else find every request of the past recent. */
function sentLately(db: WritableDb, person: Person, at: number): number {
  return countOf(db, person.id, at - LATELY_MS, at + LATELY_MS)
}

function newDraft(db: WritableDb, spoken: Spoken): Draft {
  const requestId = RequestId.parse(rowId(spoken.update, 'request'))
  const place = spoken.person.unitId === null ? null : placeOfUnit(db, spoken.person.unitId)
  return startDraft(requestId, spoken.writtenAt, place)
}

function ownDraft(db: WritableDb, pressed: Pressed): Draft {
  const { draft } = readDialogue(db, pressed.chatId)
  if (draft?.requestId !== pressed.requestId) throw new Refusal('not-found')
  return draft
}

function keepPressed(db: WritableDb, pressed: Pressed, draft: Draft, at: number): void {
  writeDialogue(db, pressed.chatId, { draft, question: null }, at)
  draw(db, pressed.chatId, draft.requestId, pressed.cause)
}

function draw(db: WritableDb, chatId: number, requestId: RequestId, cause: Cause): void {
  drawCard(db, { id: `status:${requestId}`, kind: 'status', chatId, request: null, cause })
}

function fromDraft(
  db: WritableDb,
  pressed: Pressed,
  draft: Draft & { readonly place: Place },
  desk: string,
): Request {
  const description = descriptionOf(draft)
  const request = registerRequest(
    db,
    {
      id: draft.requestId,
      userId: pressed.person.id,
      title: titleOf(description),
      description,
      location: draft.place.label,
      unitId: draft.place.unitId,
      buildingId: draft.place.buildingId,
      urgency: draft.urgency,
      priority: suggestedPriority(draft.urgency),
      source: 'telegram',
      createdAt: draft.startedAt,
      desk,
    },
    pressed.person.id,
  )
  for (const { messageId } of draft.texts) {
    linkMessage(db, { chatId: pressed.chatId, messageId, requestId: request.id, part: 'description' })
  }
  for (const { messageId } of draft.files) {
    linkMessage(db, { chatId: pressed.chatId, messageId, requestId: request.id, part: 'file' })
  }
  const files = draft.files.map((file) => ({ ...file, id: uuidv5(file.uniqueId, request.id) }))
  return attachFiles(db, request, files, { actor: pressed.person.id, at: request.createdAt })
}

/** Next time the resident is not asked for the place again. */
function remember(db: WritableDb, person: Person, place: Place, at: number): void {
  if (place.unitId === null || person.unitId === place.unitId) return
  const unit = findUnit(db, place.unitId)
  if (unit?.kind !== 'unit') return
  savePerson(db, person, { ...person, unitId: place.unitId }, { actor: person.id, at })
}

function placeByLink(
  db: WritableDb,
  draft: Draft,
  link: { readonly kind: 'unit' | 'building'; readonly code: string },
): Draft | null {
  if (link.kind === 'unit') {
    const unit = findUnitByCode(db, link.code)
    const isOffered = unit?.isActive === true && findBuilding(db, unit.buildingId)?.isActive === true
    const place = isOffered ? placeOfUnit(db, unit.id) : null
    return place === null ? null : choosePlace(draft, place)
  }
  const building = findBuildingByCode(db, link.code)
  if (building?.isActive !== true) return null
  const hasUnits = findUnits(db, building.id, 0, 1).length > 0
  if (hasUnits) return showPicker(draft, { kind: 'units', buildingId: building.id, page: 0 })
  return choosePlace(draft, { label: building.name, unitId: null, buildingId: building.id })
}

function placeOfUnit(db: WritableDb, unitId: UnitId): Place | null {
  const unit = findUnit(db, unitId)
  if (!unit) return null
  const building = findBuilding(db, unit.buildingId)
  if (!building) return null
  return { label: `${building.name}, ${unit.name}`, unitId, buildingId: building.id }
}
