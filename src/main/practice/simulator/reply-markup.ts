import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { badRequest } from './api-error'
import type { CallParams } from './http-body'
import { limits } from './limits'
import { checkedLink } from './links'
import { jsonParam } from './params'
import { type ReplyKeyboard, readReplyKeyboard } from './reply-keyboard'
import { isRecord } from './unknown-value'

/** What a message brings along under it or in place of the person's keyboard. */
export type ReplyMarkup =
  | { readonly kind: 'inline'; readonly markup: InlineKeyboardMarkup }
  | { readonly kind: 'keyboard'; readonly keyboard: ReplyKeyboard }
  | { readonly kind: 'remove' }
  | { readonly kind: 'forceReply' }

const actions = [
  'callback_data',
  'url',
  'copy_text',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'pay',
  'disabled',
]
const styles: readonly unknown[] = [undefined, 'danger', 'success', 'primary']

/** Reads `reply_markup`; undefined when there is none; throws ApiError 400 as the server does. */
export function readReplyMarkup(call: CallParams): ReplyMarkup | undefined {
  const raw = jsonParam(call, 'reply_markup')
  if (raw === undefined) return undefined
  if (!isRecord(raw)) throw badRequest('object expected as reply markup')
  if (Buffer.byteLength(JSON.stringify(raw)) > limits.replyMarkupBytes) {
    throw badRequest('reply markup is too long')
  }
  if ('inline_keyboard' in raw) return { kind: 'inline', markup: readInline(raw['inline_keyboard']) }
  if ('keyboard' in raw) return { kind: 'keyboard', keyboard: readReplyKeyboard(raw) }
  if (raw['remove_keyboard'] === true) return { kind: 'remove' }
  if (raw['force_reply'] === true) return { kind: 'forceReply' }
  if (Object.keys(raw).length === 0) return undefined
  throw badRequest("can't parse reply markup: unknown kind of markup")
}

/** The inline keyboard an edit brings; undefined removes the old one; throws ApiError 400 for any other kind. */
export function readInlineMarkup(call: CallParams): InlineKeyboardMarkup | undefined {
  const markup = readReplyMarkup(call)
  if (markup === undefined) return undefined
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected')
  return inlineOrNothing(markup)
}

/** The inline keyboard to store with a message; an empty one is no keyboard. */
export function inlineOrNothing(markup: ReplyMarkup | undefined): InlineKeyboardMarkup | undefined {
  return markup?.kind === 'inline' && markup.markup.inline_keyboard.length > 0 ? markup.markup : undefined
}

function readInline(raw: unknown): InlineKeyboardMarkup {
  if (!Array.isArray(raw) || !raw.every(Array.isArray)) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
  }
  const rows = (raw as unknown[][]).map((row) => row.map(readButton)).filter((row) => row.length > 0)
  if (rows.some((row) => row.length > limits.buttonsPerRow) || rows.flat().length > limits.buttons) {
    throw badRequest('reply markup is too long')
  }
  return { inline_keyboard: rows }
}

function refuse(reason: string): Error {
  return badRequest(`can't parse inline keyboard button: ${reason}`)
}

function readButton(raw: unknown): InlineKeyboardButton {
  if (!isRecord(raw)) throw refuse('InlineKeyboardButton must be an Object')
  const text = raw['text']
  if (typeof text !== 'string') throw refuse('field "text" must be of type String')
  if (text.trim() === '') throw refuse('text of the button must be non-empty')
  const style = raw['style']
  if (!styles.includes(style)) throw refuse('invalid button style specified')
  const label = { text, ...(isStyle(style) ? { style } : {}) }
  const given = actions.filter((action) => raw[action] !== undefined)
  if (given.length === 0) throw refuse('text buttons are unallowed in the inline keyboard')
  if (given.length > 1) throw refuse('exactly one action of the button must be specified')
  return { ...label, ...readAction(raw) }
}

function isStyle(style: unknown): style is 'danger' | 'success' | 'primary' {
  return style !== undefined
}

function readAction(
  raw: Record<string, unknown>,
): { callback_data: string } | { url: string } | { copy_text: { text: string } } {
  if (raw['callback_data'] !== undefined) return { callback_data: readData(raw['callback_data']) }
  if (raw['url'] !== undefined) return { url: readUrl(raw['url']) }
  if (raw['copy_text'] !== undefined) return { copy_text: { text: readCopyText(raw['copy_text']) } }
  // This bot has no inline mode, login domain, games or payments, so the server refuses the other kinds.
  throw badRequest('BUTTON_TYPE_INVALID')
}

function readData(data: unknown): string {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (typeof data !== 'string' || bytes < 1 || bytes > limits.callbackDataBytes) {
    throw badRequest('BUTTON_DATA_INVALID')
  }
  return data
}

function readUrl(url: unknown): string {
  if (typeof url !== 'string') throw refuse('field "url" must be of type String')
  const checked = checkedLink(url)
  if (checked === undefined)
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  return checked
}

function readCopyText(copy: unknown): string {
  const text = isRecord(copy) ? copy['text'] : undefined
  if (typeof text !== 'string' || text === '' || text.length > limits.copyText) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID')
  }
  return text
}
