import { badRequest } from './api-error'
import { limits } from './limits'
import { isRecord } from './unknown-value'

/** One key of the person's own keyboard; pressing it writes its text or shares what it asks for. */
type ReplyKey = { readonly text: string; readonly shares?: 'contact' | 'location' }

/** The keyboard that stands in place of the person's letters. */
export type ReplyKeyboard = {
  readonly rows: ReplyKey[][]
  readonly oneTime: boolean
  readonly placeholder?: string
}

const plainFields = new Set(['text', 'style', 'icon_custom_emoji_id', 'request_contact', 'request_location'])

/** Reads a ReplyKeyboardMarkup; throws ApiError 400 as the server does. */
export function readReplyKeyboard(raw: Record<string, unknown>): ReplyKeyboard {
  const keyboard = raw['keyboard']
  if (!Array.isArray(keyboard) || !keyboard.every(Array.isArray)) {
    throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
  }
  const rows = (keyboard as unknown[][]).map((row) => row.map(readKey)).filter((row) => row.length > 0)
  if (rows.length === 0) throw badRequest('reply keyboard must be non-empty')
  const placeholder = raw['input_field_placeholder']
  if (placeholder !== undefined && !isPlaceholder(placeholder)) {
    throw badRequest('input field placeholder is too long')
  }
  return {
    rows,
    oneTime: raw['one_time_keyboard'] === true,
    ...(placeholder === undefined ? {} : { placeholder }),
  }
}

function isPlaceholder(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= limits.placeholder
}

function readKey(raw: unknown): ReplyKey {
  if (typeof raw === 'string') return readKey({ text: raw })
  if (!isRecord(raw)) throw badRequest("can't parse keyboard button: KeyboardButton must be an Object")
  const text = raw['text']
  if (typeof text !== 'string' || text.trim() === '') {
    throw badRequest("can't parse keyboard button: text of the button must be non-empty")
  }
  if (Object.keys(raw).some((field) => !plainFields.has(field))) throw badRequest('BUTTON_TYPE_INVALID')
  const contact = raw['request_contact'] === true
  const location = raw['request_location'] === true
  if (contact && location) throw badRequest("can't parse keyboard button: exactly one request is allowed")
  if (contact) return { text, shares: 'contact' }
  return location ? { text, shares: 'location' } : { text }
}
