import { cleanText, clip, LONGEST_MESSAGE } from '../domain/plain-text'

/** A stretch of text that Telegram marks; offset and length in UTF-16 units. */
export type Entity = {
  readonly type: 'bold' | 'blockquote'
  readonly offset: number
  readonly length: number
}

/** Text with entities, ready to be sent. */
export type RichText = { readonly text: string; readonly entities: Entity[] }

/** A line of a message. */
export type Line =
  | string
  | { readonly bold: string }
  /** Somebody's own words, set apart so that they can't pass for the bot's. */
  | { readonly quote: string }
  | null

/**
 * Puts a message together of lines. Formatting is by entities, never by markup, so nothing that anybody
 * types can break or forge it. Null lines are left out, and the whole is cut to what Telegram takes.
 */
export function richText(lines: readonly Line[]): RichText {
  let text = ''
  const entities: Entity[] = []
  for (const line of lines) {
    if (line === null) continue
    const content = cleanText(contentOf(line))
    if (content === '' && line !== '') continue
    const between = text === '' ? '' : '\n'
    const room = LONGEST_MESSAGE - text.length - between.length
    if (room <= 1) break
    text += between
    const fitting = clip(content, room)
    const type = typeOf(line)
    if (type !== null && fitting !== '') entities.push({ type, offset: text.length, length: fitting.length })
    text += fitting
  }
  return { text, entities }
}

function contentOf(line: Exclude<Line, null>): string {
  if (typeof line === 'string') return line
  return 'bold' in line ? line.bold : line.quote
}

function typeOf(line: Exclude<Line, null>): Entity['type'] | null {
  if (typeof line === 'string') return null
  return 'bold' in line ? 'bold' : 'blockquote'
}
