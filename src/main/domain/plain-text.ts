/** Longest text of a Telegram message, in UTF-16 units (Bot API, sendMessage). */
export const LONGEST_MESSAGE = 4096
/** Longest title of a request, in graphemes. */
const LONGEST_TITLE = 80
/** The same in UTF-16 units: one grapheme can be heaped with thousands of marks. */
const LONGEST_TITLE_UNITS = 400

// Control characters other than tab and line break, and the marks that turn the direction of writing around:
// they can make a title or a notification read as something that nobody wrote.
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Text that can be stored, shown and sent: whole characters only, no control or direction marks. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSAFE, '').trim()
}

/** The same on one line, with runs of white space folded: for titles, names and places. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ')
}

/** Cuts a text to at most `limit` UTF-16 units, between graphemes, with an ellipsis where something is missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  // The grapheme that the ellipsis would cut into goes as a whole.
  const end = graphemes.segment(text).containing(limit - 1)?.index ?? 0
  return `${text.slice(0, end).trimEnd()}…`
}

/** The first sentence or line of a description, as the title of its card; empty for a description without words. */
export function titleOf(description: string): string {
  const line = cleanLine(cleanText(description).split('\n', 1)[0] ?? '')
  const sentence = /^.{12,}?[.!?](?=\s)/u.exec(line)?.[0] ?? line
  const title = sentence.replace(/[.\s]+$/u, '')
  // So many units can't be more graphemes; most titles need no closer look.
  if (title.length <= LONGEST_TITLE) return title
  return clip(shortened(title), LONGEST_TITLE_UNITS)
}

function shortened(title: string): string {
  const parts = [...graphemes.segment(title)]
  const cut = parts.length > LONGEST_TITLE ? parts[LONGEST_TITLE - 1]?.index : undefined
  if (cut === undefined) return title
  const room = title.slice(0, cut)
  const space = room.lastIndexOf(' ')
  return `${(space > cut / 2 ? room.slice(0, space) : room).trimEnd()}…`
}
