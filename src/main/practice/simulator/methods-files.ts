import type { ApiContext, ApiMethod } from './api-context'
import { badRequest } from './api-error'
import { writableChat } from './chat-access'
import { formatCaption, readCaption } from './formatted-text'
import { readMedia, type StoreMedia } from './input-file'
import { limits } from './limits'
import { messageJson } from './message-json'
import { jsonParam, textParam } from './params'
import { readReplyMarkup } from './reply-markup'
import { seededNumber } from './seeded'
import { deliver, deliverOne, sendOptions } from './send-options'
import type { MessageDraft } from './state'
import { isRecord } from './unknown-value'

type AlbumItem = {
  readonly kind: 'photo' | 'document'
  readonly store: StoreMedia
  readonly caption: MessageDraft
}

function sendMedia(kind: 'photo' | 'document'): ApiMethod {
  return (context) => {
    const { call, world } = context
    const store = readMedia(context, kind, call.values.get(kind))
    const { text, entities } = readCaption(call, (id) => world.knownUser(id))
    const markup = readReplyMarkup(call)
    const chat = writableChat(context)
    const options = sendOptions(context, chat, markup)
    const draft = { ...store(), caption: text, captionEntities: entities, ...options }
    return deliverOne(context, chat, draft, markup)
  }
}

function sendMediaGroup(context: ApiContext): unknown {
  const items = readAlbum(context)
  // The real server ignores it; a bot that counts on buttons under an album is wrong all the same.
  if (context.call.values.has('reply_markup')) throw badRequest('reply markup is not allowed in albums')
  const chat = writableChat(context)
  const options = sendOptions(context, chat, undefined)
  const seed = `album/${chat.person.profile.id}/${context.world.nextMessageId}`
  const mediaGroupId = `1${String(seededNumber(seed, 10 ** 14)).padStart(16, '0')}`
  const drafts = items.map(({ store, caption }) => ({ ...store(), ...caption, ...options, mediaGroupId }))
  return deliver(context, chat, drafts).map((message) => messageJson(context.world, chat, message))
}

function readAlbum(context: ApiContext): AlbumItem[] {
  const raw = jsonParam(context.call, 'media')
  if (!Array.isArray(raw)) throw badRequest("can't parse media JSON object")
  if (raw.length < limits.albumMinimum) throw badRequest('there are not enough messages to send as an album')
  if (raw.length > limits.albumMaximum) throw badRequest('too many messages to send as an album')
  const items = (raw as unknown[]).map((item) => readAlbumItem(context, item))
  if (new Set(items.map((item) => item.kind)).size > 1) {
    throw badRequest("document can't be mixed with other media types")
  }
  return items
}

function readAlbumItem(context: ApiContext, raw: unknown): AlbumItem {
  const refuse = (reason: string): Error => badRequest(`can't parse InputMedia: ${reason}`)
  if (!isRecord(raw)) throw refuse('expected an Object')
  const kind = raw['type']
  if (kind !== 'photo' && kind !== 'document') throw refuse(`type must be one of photo, document`)
  if (typeof raw['media'] !== 'string' || raw['media'] === '') throw refuse('media not found')
  const { text, entities } = formatCaption(
    typeof raw['caption'] === 'string' ? raw['caption'] : '',
    typeof raw['parse_mode'] === 'string' ? raw['parse_mode'] : undefined,
    raw['caption_entities'],
    (id) => context.world.knownUser(id),
  )
  const caption = text === '' ? {} : { caption: text, captionEntities: entities }
  return { kind, store: readMedia(context, kind, raw['media']), caption }
}

function getFile(context: ApiContext): unknown {
  const { files, now } = context.world
  const file = files.find(textParam(context.call, 'file_id') ?? '')
  if (!file) throw badRequest('invalid file_id')
  if (file.size > limits.downloadBytes) throw badRequest('file is too big')
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    file_path: files.issuePath(file, now()),
  }
}

/** Methods that take or give files. */
export const fileMethods: Readonly<Record<string, ApiMethod>> = {
  sendPhoto: sendMedia('photo'),
  sendDocument: sendMedia('document'),
  sendMediaGroup,
  getFile,
}
