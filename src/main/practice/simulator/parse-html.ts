import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error'
import { htmlEntity, type OpenTag } from './html-entity'

type Parsing = {
  readonly source: string
  at: number
  text: string
  readonly entities: MessageEntity[]
  readonly open: OpenTag[]
}

const tags = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(' '),
)
const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

/** Telegram's parse_mode HTML: plain text with entities; throws ApiError 400 where Telegram would. */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const parsing: Parsing = { source, at: 0, text: '', entities: [], open: [] }
  while (parsing.at < source.length) {
    parsing.text += take(parsing, /[^&<]*/y)
    const char = source[parsing.at]
    if (char === '&') parsing.text += takeReference(parsing)
    else if (char === '<') takeTag(parsing)
  }
  const unclosed = parsing.open.at(-1)
  if (unclosed) throw refuse(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  if (!parsing.text.isWellFormed()) {
    throw refuse(
      'Text contains invalid Unicode characters after decoding HTML entities, ' +
        'check for unmatched surrogate code units',
    )
  }
  return { text: parsing.text, entities: parsing.entities }
}

function refuse(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`)
}

function take(parsing: Parsing, pattern: RegExp): string {
  pattern.lastIndex = parsing.at
  const found = pattern.exec(parsing.source)?.[0] ?? ''
  parsing.at += found.length
  return found
}

/** The server counts in UTF-8 bytes, so its error texts do too. */
function byteOffset(parsing: Parsing, at: number): number {
  return Buffer.byteLength(parsing.source.slice(0, at))
}

function takeReference(parsing: Parsing): string {
  const decoded = decodeReference(parsing.source, parsing.at)
  // An unknown reference stays in the text as it is written, the ampersand included.
  if (!decoded) {
    parsing.at += 1
    return '&'
  }
  parsing.at = decoded.end
  return decoded.text
}

function decodeReference(source: string, at: number): { text: string; end: number } | undefined {
  const pattern = /&(?:#x([\da-fA-F]+)|#(\d+)|([a-zA-Z]+));?/y
  pattern.lastIndex = at
  const match = pattern.exec(source)
  if (!match) return undefined
  const end = pattern.lastIndex
  const name = match[3]
  if (name !== undefined) {
    const text = named.get(name)
    return text === undefined ? undefined : { text, end }
  }
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  const tooLong = match[0].replace(';', '').length >= 10
  if (code === 0 || code >= 0x10ffff || tooLong) return undefined
  // Halves of a pair may come as two references, so they are joined first and checked at the end.
  return { text: code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code), end }
}

function takeTag(parsing: Parsing): void {
  const begin = parsing.at
  if (parsing.source.startsWith('</', begin)) {
    parsing.at += 2
    takeEndTag(parsing, begin)
  } else {
    parsing.at += 1
    takeStartTag(parsing, begin)
  }
}

function takeStartTag(parsing: Parsing, begin: number): void {
  const place = `at byte offset ${byteOffset(parsing, begin)}`
  const name = take(parsing, /[^ \t\r\n\v>]*/y).toLowerCase()
  if (parsing.at >= parsing.source.length) throw refuse(`Unclosed start tag ${place}`)
  if (!tags.has(name)) throw refuse(`Unsupported start tag "${name}" ${place}`)
  const attributes = new Map<string, string>()
  for (;;) {
    take(parsing, /[ \t\r\n\v]*/y)
    if (parsing.source[parsing.at] === '>') break
    const [attribute, value] = takeAttribute(parsing, name, place)
    attributes.set(attribute, value)
  }
  parsing.at += 1
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw refuse(`Tag "span" must have class "tg-spoiler" ${place}`)
  }
  parsing.open.push({ name, attributes, offset: parsing.text.length })
}

function takeAttribute(parsing: Parsing, tag: string, place: string): readonly [string, string] {
  const attribute = take(parsing, /[^ \t\r\n\v=>]*/y)
  if (parsing.at >= parsing.source.length) throw refuse(`Unclosed start tag "${tag}" ${place}`)
  if (attribute === '') throw refuse(`Empty attribute name in the tag "${tag}" ${place}`)
  take(parsing, /[ \t\r\n\v]*/y)
  if (parsing.source[parsing.at] !== '=') {
    if (tag === 'blockquote' && attribute === 'expandable') return [attribute, '']
    throw refuse(`Expected equal sign in declaration of an attribute of the tag "${tag}" ${place}`)
  }
  parsing.at += 1
  take(parsing, /[ \t\r\n\v]*/y)
  const value = takeValue(parsing)
  if (parsing.at >= parsing.source.length) throw refuse(`Unclosed start tag ${place}`)
  return [attribute, value]
}

function takeValue(parsing: Parsing): string {
  const quote = parsing.source[parsing.at]
  if (quote === '"' || quote === "'") {
    parsing.at += 1
    return takeQuoted(parsing, quote)
  }
  const begin = parsing.at
  const token = take(parsing, /[a-zA-Z\d.-]*/y).toLowerCase()
  if (parsing.at < parsing.source.length && !/[ \t\r\n\v>]/.test(parsing.source.charAt(parsing.at))) {
    throw refuse(`Unexpected end of name token at byte offset ${byteOffset(parsing, begin)}`)
  }
  return token
}

function takeQuoted(parsing: Parsing, quote: string): string {
  let value = ''
  while (parsing.at < parsing.source.length && parsing.source[parsing.at] !== quote) {
    if (parsing.source[parsing.at] === '&') value += takeReference(parsing)
    else value += take(parsing, quote === '"' ? /[^&"]+/y : /[^&']+/y)
  }
  parsing.at += 1
  return value
}

function takeEndTag(parsing: Parsing, begin: number): void {
  const offset = byteOffset(parsing, begin)
  const tag = parsing.open.pop()
  if (!tag) throw refuse(`Unexpected end tag at byte offset ${offset}`)
  const name = take(parsing, /[^ \t\r\n\v>]*/y).toLowerCase()
  take(parsing, /[ \t\r\n\v]*/y)
  if (parsing.source[parsing.at] !== '>') throw refuse(`Unclosed end tag at byte offset ${offset}`)
  parsing.at += 1
  if (name !== '' && name !== tag.name) {
    const found = `expected "</${tag.name}>", found "</${name}>"`
    throw refuse(`Unmatched end tag at byte offset ${offset}, ${found}`)
  }
  if (parsing.text.length === tag.offset) return
  htmlEntity(tag, parsing.open.at(-1), parsing.text.slice(tag.offset), parsing.entities)
}
