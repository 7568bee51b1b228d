import type { MessageEntity, User } from 'grammy/types'
import { badRequest } from './api-error'
import { isTimeFormat } from './html-entity'
import { checkedLink, linkedUserId } from './links'
import { isRecord } from './unknown-value'

/** Knows the people the bot may mention; undefined for strangers. */
export type FindUser = (id: number) => User | undefined

const common = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code'] as const
const quotes = ['blockquote', 'expandable_blockquote'] as const
const plainTypes: readonly string[] = [...common, ...quotes]
type Range = { readonly offset: number; readonly length: number }

/** The server takes these and then finds them in the text by itself. */
const detectedTypes = new Set('mention hashtag cashtag bot_command url email phone_number'.split(' '))

/** Reads the `entities` parameter of a bot against its text; throws ApiError 400 where Telegram would. */
export function readEntities(raw: unknown, text: string, findUser: FindUser): MessageEntity[] {
  if (raw === undefined) return []
  if (!Array.isArray(raw)) throw badRequest("can't parse entities: expected an Array of MessageEntity")
  const entities: MessageEntity[] = []
  for (const item of raw as unknown[]) {
    const entity = readEntity(item, findUser)
    if (entity === undefined) continue
    assertInside(entity, text)
    if (entity.length > 0) entities.push(entity)
  }
  return entities
}

function refuse(reason: string): Error {
  return badRequest(`can't parse MessageEntity: ${reason}`)
}

function readEntity(item: unknown, findUser: FindUser): MessageEntity | undefined {
  if (!isRecord(item)) throw refuse('expected an Object')
  const { type, offset, length } = item
  if (typeof type !== 'string') throw refuse('field "type" must be of type String')
  if (!Number.isInteger(offset)) throw refuse('field "offset" must be of type Number')
  if (!Number.isInteger(length)) throw refuse('field "length" must be of type Number')
  const range = { offset: Number(offset), length: Number(length) }
  if (range.offset < 0) throw badRequest(`receive an entity with incorrect offset ${range.offset}`)
  if (range.length < 0) throw badRequest(`receive an entity with incorrect length ${range.length}`)
  if (detectedTypes.has(type)) return undefined
  if (isPlainType(type)) return { type, ...range }
  return readRichEntity(item, type, range, findUser)
}

function isPlainType(type: string): type is MessageEntity.CommonMessageEntity['type'] {
  return plainTypes.includes(type)
}

function readRichEntity(
  item: Record<string, unknown>,
  type: string,
  range: Range,
  findUser: FindUser,
): MessageEntity | undefined {
  switch (type) {
    case 'pre':
      return readPre(item['language'], range)
    case 'text_link':
      return readLink(item['url'], range, findUser)
    case 'text_mention':
      return readMention(isRecord(item['user']) ? item['user']['id'] : undefined, range, findUser)
    case 'custom_emoji':
      return readEmoji(item['custom_emoji_id'], range)
    case 'date_time':
      return readTime(item['unix_time'], item['date_time_format'] ?? '', range)
    default:
      throw refuse('Unsupported type specified')
  }
}

function readPre(language: unknown, range: Range): MessageEntity {
  if (typeof language !== 'string' || language === '') return { type: 'pre', ...range }
  return { type: 'pre', ...range, language }
}

function readEmoji(id: unknown, range: Range): MessageEntity {
  if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id)) {
    throw badRequest('invalid custom emoji identifier specified')
  }
  return { type: 'custom_emoji', ...range, custom_emoji_id: id }
}

function readLink(url: unknown, range: Range, findUser: FindUser): MessageEntity | undefined {
  if (typeof url !== 'string') throw refuse('field "url" must be of type String')
  const userId = linkedUserId(url)
  if (userId !== undefined) return readMention(userId, range, findUser)
  const checked = checkedLink(url)
  if (checked === undefined) throw badRequest(`entity URL '${url}' is invalid: Wrong HTTP URL`)
  return { type: 'text_link', ...range, url: checked }
}

function readMention(id: unknown, range: Range, findUser: FindUser): MessageEntity | undefined {
  if (typeof id !== 'number') throw refuse('field "user" must have an identifier')
  const user = findUser(id)
  if (user === undefined) throw badRequest('user not found')
  return { type: 'text_mention', ...range, user }
}

function readTime(unixTime: unknown, format: unknown, range: Range): MessageEntity {
  if (typeof unixTime !== 'number' || !Number.isInteger(unixTime) || unixTime < 0) {
    throw refuse('field "unix_time" must be of type Number')
  }
  if (typeof format !== 'string' || !isTimeFormat(format)) throw refuse('invalid date and time format')
  return { type: 'date_time', ...range, unix_time: unixTime, date_time_format: format }
}

function splitsPair(text: string, index: number): boolean {
  return isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function assertInside(entity: MessageEntity, text: string): void {
  const end = entity.offset + entity.length
  if (splitsPair(text, entity.offset)) {
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${entity.offset}`)
  }
  const where = `entity beginning at UTF-16 offset ${entity.offset} ends`
  if (end > text.length) {
    throw badRequest(`${where} after the end of the text at UTF-16 offset ${end}`)
  }
  if (splitsPair(text, end))
    throw badRequest(`${where} in a middle of a UTF-16 symbol at UTF-16 offset ${end}`)
}
