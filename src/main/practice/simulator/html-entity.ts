import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error'
import { checkedLink, linkedUserId } from './links'

/** A start tag whose end tag has not come yet; offset in UTF-16 units of the plain text. */
export type OpenTag = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly offset: number
}

type Range = { readonly offset: number; readonly length: number }

const plainTags: ReadonlyMap<string, MessageEntity.CommonMessageEntity['type']> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
])

/** Adds what a closed tag means to the entities; throws ApiError 400 for a wrong custom emoji or time. */
export function htmlEntity(
  tag: OpenTag,
  parent: OpenTag | undefined,
  content: string,
  entities: MessageEntity[],
): void {
  const range: Range = { offset: tag.offset, length: content.length }
  const attribute = (name: string): string => tag.attributes.get(name) ?? ''
  switch (tag.name) {
    case 'a':
      pushLink(attribute('href'), content, range, entities)
      break
    case 'pre':
      pushPre(range, entities)
      break
    case 'code':
      pushCode(attribute('class'), parent?.name === 'pre', range, entities)
      break
    case 'blockquote':
      pushQuote(tag.attributes.has('expandable'), range, entities)
      break
    case 'tg-emoji':
      pushEmoji(attribute('emoji-id'), range, entities)
      break
    case 'tg-time':
      pushTime(attribute('unix'), attribute('format'), range, entities)
      break
    default:
      entities.push({ type: plainTags.get(tag.name) ?? 'bold', ...range })
  }
}

function pushQuote(expandable: boolean, range: Range, entities: MessageEntity[]): void {
  entities.push({ type: expandable ? 'expandable_blockquote' : 'blockquote', ...range })
}

function pushLink(href: string, content: string, range: Range, entities: MessageEntity[]): void {
  const link = href === '' ? content : href
  // A mention by id stays a link here; whoever knows the people turns it into a text_mention.
  const url = linkedUserId(link) === undefined ? checkedLink(link) : link
  if (url !== undefined) entities.push({ type: 'text_link', ...range, url })
}

function sameRange(entity: MessageEntity | undefined, range: Range): boolean {
  return entity?.offset === range.offset && entity.length === range.length
}

/** `<pre><code class="language-x">` is one entity with a language. */
function pushPre(range: Range, entities: MessageEntity[]): void {
  const inner = entities.at(-1)
  if (inner?.type === 'pre' && sameRange(inner, range)) return
  if (inner?.type === 'code' && sameRange(inner, range)) entities.pop()
  entities.push({ type: 'pre', ...range })
}

function pushCode(className: string, insidePre: boolean, range: Range, entities: MessageEntity[]): void {
  const language = /^language-(.+)$/.exec(className)?.[1]
  if (language === undefined || !insidePre) entities.push({ type: 'code', ...range })
  else entities.push({ type: 'pre', ...range, language })
}

function pushEmoji(id: string, range: Range, entities: MessageEntity[]): void {
  if (!/^[1-9]\d{0,18}$/.test(id))
    throw badRequest("can't parse entities: Invalid custom emoji identifier specified")
  entities.push({ type: 'custom_emoji', ...range, custom_emoji_id: id })
}

function pushTime(unix: string, format: string, range: Range, entities: MessageEntity[]): void {
  if (!/^\d{1,10}$/.test(unix) || !isTimeFormat(format)) {
    throw badRequest("can't parse entities: Invalid date and time specified")
  }
  entities.push({ type: 'date_time', ...range, unix_time: Number(unix), date_time_format: format })
}

/** True for the letters Telegram takes in a date_time entity. */
export function isTimeFormat(
  format: string,
): format is MessageEntity.DateTimeMessageEntity['date_time_format'] {
  return format === 'r' || /^w?[dD]?[tT]?$/.test(format)
}
