import type { MessageEntity } from 'grammy/types'

type DetectedType = 'url' | 'email' | 'bot_command' | 'mention' | 'hashtag'

const patterns: readonly (readonly [DetectedType, RegExp])[] = [
  ['url', /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"]*[\p{L}\p{N}/_=&#-]/giu],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['bot_command', /(?<![\p{L}\p{N}_/<>@.:-])\/[a-zA-Z\d_]{1,64}(?:@[a-zA-Z\d_]{3,32})?(?![\p{L}\p{N}_/])/gu],
  ['mention', /(?<![\p{L}\p{N}_@])@[a-zA-Z][a-zA-Z\d_]{2,31}(?![\p{L}\p{N}_])/gu],
  ['hashtag', /(?<![\p{L}\p{N}_#@])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}(?![#])/gu],
]
/** Inside these the server does not look for links, commands and the like. */
const opaque = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji', 'date_time'])

/** Adds the entities Telegram finds in a text by itself: commands, mentions, hashtags, links, e-mail addresses. */
export function detectEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  if (!/[/@#]/.test(text)) return [...given]
  const taken: MessageEntity[] = given.filter((entity) => opaque.has(entity.type))
  const found: MessageEntity[] = []
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (taken.some((other) => overlaps(entity, other))) continue
      taken.push(entity)
      found.push(entity)
    }
  }
  return sortEntities([...given, ...found])
}

/** Puts entities in Telegram's order: by offset, the longer first. */
export function sortEntities(entities: readonly MessageEntity[]): MessageEntity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}

function overlaps(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
