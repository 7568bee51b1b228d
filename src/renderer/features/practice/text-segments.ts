import type { PhoneMessage } from '../../../shared/model/practice'

type Entity = PhoneMessage['entities'][number]

/** How a stretch of text is to be drawn. */
export type Mark = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code' | 'link'
/** A stretch of text with the marks that lie over all of it. */
export type Segment = { readonly text: string; readonly marks: readonly Mark[] }

const MARK_OF: Readonly<Record<string, Mark>> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strikethrough',
  code: 'code',
  pre: 'code',
  url: 'link',
  text_link: 'link',
  mention: 'link',
  bot_command: 'link',
}

/** Cuts a text at every edge of its entities, so that entities within entities are drawn right. */
export function textSegments(text: string, entities: readonly Entity[]): Segment[] {
  const known = entities.filter((entity) => MARK_OF[entity.type] !== undefined)
  const edges = new Set([0, text.length])
  for (const { offset, length } of known) {
    edges.add(clamp(offset, text.length))
    edges.add(clamp(offset + length, text.length))
  }
  const cuts = [...edges].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length
    return { text: text.slice(from, to), marks: marksOver(known, from, to) }
  })
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most)
}

function marksOver(entities: readonly Entity[], from: number, to: number): Mark[] {
  const marks = entities
    .filter(({ offset, length }) => offset <= from && offset + length >= to)
    .flatMap(({ type }) => MARK_OF[type] ?? [])
  return [...new Set(marks)]
}
