import type { ReadableDb } from '../../db/database'
import { findBuilding, findUnits, hasBuildings, listBuildings, type Unit } from '../../db/places'
import { descriptionOf, type Draft, isReady } from '../../domain/dialogue'
import { clip } from '../../domain/plain-text'
import type { Language } from '../../../shared/model/vocabulary'
import { Urgency } from '../../../shared/model/vocabulary'
import type { Button } from '../actions'
import { type Line, richText } from '../rich-text'
import { textsIn } from '../texts'
import type { Drawn } from './drawn'

/** Buttons of a list of places on one page: rows of two. */
const PAGE = 16
const IN_A_ROW = 2
/** How much of what was written the card repeats, in UTF-16 units. */
const EXCERPT = 600

/** The card of a request that is still being written. */
export function drawDraft(db: ReadableDb, draft: Draft, language: Language): Drawn {
  if (draft.picker !== null) return drawPicker(db, draft, draft.picker, language)
  return { ...richText(draftLines(db, draft, language)), buttons: draftButtons(db, draft, language) }
}

function draftLines(db: ReadableDb, draft: Draft, language: Language): Line[] {
  const t = textsIn(language)
  const photos = draft.files.filter(({ kind }) => kind === 'photo').length
  const others = draft.files.length - photos
  const what = clip(descriptionOf(draft), EXCERPT)
  return [
    { bold: t('draft.title') },
    `${t('draft.place')}: ${draft.place?.label ?? t('draft.notChosen')}`,
    what === '' ? null : `${t('draft.what')}:`,
    what === '' ? null : { quote: what },
    photos === 0 ? null : `${t('draft.photos')}: ${String(photos)}`,
    others === 0 ? null : `${t('draft.files')}: ${String(others)}`,
    draft.urgency === null ? null : `${t('draft.urgency')}: ${t(`urgency.${draft.urgency}`)}`,
    '',
    nextStep(db, draft, language),
    draft.urgency === 'DANGER' ? { bold: t('draft.danger') } : null,
  ]
}

/** The one thing to do next: nobody has to guess what is missing. */
function nextStep(db: ReadableDb, draft: Draft, language: Language): string {
  const t = textsIn(language)
  if (isReady(draft)) return t('draft.ready')
  if (draft.typingPlace) return t('draft.writePlace')
  if (draft.texts.length === 0 && draft.files.length === 0) return t('draft.writeWhat')
  return hasBuildings(db) ? t('draft.choosePlace') : t('draft.writePlace')
}

function draftButtons(db: ReadableDb, draft: Draft, language: Language): Button[][] {
  const t = textsIn(language)
  const urgencies = Urgency.options.map((urgency): Button => {
    const chosen = draft.urgency === urgency
    return { text: `${chosen ? '✓ ' : ''}${t(`urgency.${urgency}`)}`, action: { do: 'urgency', urgency } }
  })
  const placeText = draft.place === null ? t('button.place') : t('button.changePlace')
  const place: Button = {
    text: placeText,
    action: hasBuildings(db) ? { do: 'buildings' } : { do: 'otherPlace' },
  }
  const discard: Button = { text: t('button.discard'), action: { do: 'discard' } }
  const send: Button = { text: t('button.send'), action: { do: 'send' } }
  return [urgencies, [place, discard], ...(isReady(draft) ? [[send]] : [])]
}

function drawPicker(
  db: ReadableDb,
  draft: Draft,
  picker: NonNullable<Draft['picker']>,
  language: Language,
): Drawn {
  const t = textsIn(language)
  const buildings = listBuildings(db).filter(({ isActive }) => isActive)
  const only = buildings.length === 1 ? buildings[0] : undefined
  const buildingId = picker.kind === 'units' ? picker.buildingId : only?.id
  if (buildingId === undefined) {
    const rows = buildings.map(({ id, name }): Button[] => [
      { text: clip(name, 60), action: { do: 'units', buildingId: id, page: 0 } },
    ])
    const text = richText([{ bold: t('draft.title') }, t('draft.chooseBuilding')])
    return { ...text, buttons: [...rows, pickerEnd(language)] }
  }
  const page = picker.kind === 'units' ? picker.page : 0
  const found = findUnits(db, buildingId, page * PAGE, PAGE + 1)
  const rows = inRows(found.slice(0, PAGE))
  const building = findBuilding(db, buildingId)?.name ?? ''
  const text = richText([{ bold: t('draft.title') }, t('draft.chooseUnit', { building })])
  return {
    ...text,
    buttons: [...rows, ...turning(buildingId, page, found.length > PAGE, language), pickerEnd(language)],
  }
}

function inRows(units: readonly Unit[]): Button[][] {
  const rows: Button[][] = []
  for (let from = 0; from < units.length; from += IN_A_ROW) {
    rows.push(
      units
        .slice(from, from + IN_A_ROW)
        .map(({ id, name }): Button => ({ text: clip(name, 40), action: { do: 'place', unitId: id } })),
    )
  }
  return rows
}

function turning(
  buildingId: Unit['buildingId'],
  page: number,
  more: boolean,
  language: Language,
): Button[][] {
  const t = textsIn(language)
  const row: Button[] = []
  if (page > 0)
    row.push({ text: `‹ ${t('button.previous')}`, action: { do: 'units', buildingId, page: page - 1 } })
  if (more) row.push({ text: `${t('button.more')} ›`, action: { do: 'units', buildingId, page: page + 1 } })
  return row.length === 0 ? [] : [row]
}

function pickerEnd(language: Language): Button[] {
  const t = textsIn(language)
  return [
    { text: t('button.otherPlace'), action: { do: 'otherPlace' } },
    { text: t('button.back'), action: { do: 'closePicker' } },
  ]
}
