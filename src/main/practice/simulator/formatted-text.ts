import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error'
import { cleanText, type FormattedText, isInvisible } from './clean-text'
import { detectEntities, sortEntities } from './detect-entities'
import { type FindUser, readEntities } from './entities'
import type { CallParams } from './http-body'
import { limits } from './limits'
import { linkedUserId } from './links'
import { jsonParam, textParam } from './params'
import { parseHtml } from './parse-html'

/** The text of a sendMessage or editMessageText call as stored; throws ApiError 400 as the server does. */
export function readText(call: CallParams, findUser: FindUser): FormattedText {
  const source = textParam(call, 'text') ?? ''
  if (source === '') throw badRequest('message text is empty')
  const formatted = format(source, textParam(call, 'parse_mode'), jsonParam(call, 'entities'), findUser)
  if (isInvisible(formatted.text)) throw badRequest('text must be non-empty')
  if (formatted.text.length > limits.text) throw badRequest('message is too long')
  return formatted
}

/** The caption of a media message as stored, possibly empty; throws ApiError 400 as the server does. */
export function readCaption(call: CallParams, findUser: FindUser): FormattedText {
  return formatCaption(
    textParam(call, 'caption') ?? '',
    textParam(call, 'parse_mode'),
    jsonParam(call, 'caption_entities'),
    findUser,
  )
}

/** A caption given in pieces, as inside an album; throws ApiError 400 as the server does. */
export function formatCaption(
  source: string,
  parseMode: string | undefined,
  entities: unknown,
  findUser: FindUser,
): FormattedText {
  const formatted = format(source, parseMode, entities, findUser)
  if (formatted.text.length > limits.caption) throw badRequest('message caption is too long')
  return isInvisible(formatted.text) ? { text: '', entities: [] } : formatted
}

function format(
  source: string,
  parseMode: string | undefined,
  rawEntities: unknown,
  findUser: FindUser,
): FormattedText {
  const parsed = parse(source, parseMode, rawEntities, findUser)
  const { text, entities } = cleanText(parsed)
  const sorted = outsideCode(sortEntities(entities)).slice(0, limits.entities)
  return { text, entities: detectEntities(text, sorted) }
}

function parse(
  source: string,
  parseMode: string | undefined,
  rawEntities: unknown,
  findUser: FindUser,
): FormattedText {
  switch (parseMode?.toLowerCase()) {
    case undefined:
    case '':
    case 'none':
      return { text: source, entities: readEntities(rawEntities, source, findUser) }
    case 'html': {
      const { text, entities } = parseHtml(source)
      return { text, entities: entities.flatMap((entity) => withMention(entity, findUser)) }
    }
    case 'markdownv2':
      return { text: plainMarkdown(source, /[_*[\]()~`>#+\-=|{}.!]/), entities: [] }
    case 'markdown':
      return { text: plainMarkdown(source, /[_*`[]/), entities: [] }
    default:
      throw badRequest('unsupported parse_mode')
  }
}

/** Markdown is not rendered here: whatever would start formatting is refused, escaped text passes. */
function plainMarkdown(source: string, reserved: RegExp): string {
  let text = ''
  for (let at = 0; at < source.length; at += 1) {
    let char = source.charAt(at)
    if (reserved.test(char)) {
      const reason = `Character '${char}' is reserved and must be escaped with the preceding '\\'`
      throw badRequest(`can't parse entities: ${reason}`)
    }
    if (char === '\\' && /[!-~]/.test(source.charAt(at + 1))) {
      at += 1
      char = source.charAt(at)
    }
    text += char
  }
  return text
}

function withMention(entity: MessageEntity, findUser: FindUser): MessageEntity[] {
  const userId = entity.type === 'text_link' ? linkedUserId(entity.url) : undefined
  if (userId === undefined) return [entity]
  const user = findUser(userId)
  const { offset, length } = entity
  return user === undefined ? [] : [{ type: 'text_mention', offset, length, user }]
}

/** Code and pre can hold nothing else; the server drops what stands inside. */
function outsideCode(entities: readonly MessageEntity[]): MessageEntity[] {
  const code = entities.filter((entity) => entity.type === 'code' || entity.type === 'pre')
  return entities.filter((entity) =>
    code.every(
      (other) =>
        other === entity ||
        entity.offset >= other.offset + other.length ||
        other.offset >= entity.offset + entity.length ||
        // Of two equal ones the first stays.
        (entity.type === other.type && entities.indexOf(entity) < entities.indexOf(other)),
    ),
  )
}
