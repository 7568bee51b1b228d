import type { MessageEntity } from 'grammy/types'

/** Text with entities whose offsets count UTF-16 units of it. */
export type FormattedText = { readonly text: string; readonly entities: MessageEntity[] }

// Characters the server drops: CR, line and bidi marks, and three combining marks that draw vertical lines.
const dropped = /[\r\u2028-\u202e\u0333\u033f\u030a]/
// Control characters but LF and CR; the double negation keeps them out of the pattern itself.
const spaced = /[^\P{Cc}\n\r\u007f-\u009f]/gu
const invisible = /^[\s\u00ad\u180e\u200b-\u200f\u202f\u205f-\u2064\u2800\ufeff\ufffc]*$/

/** Does to a text what the server does before it stores it: drops and replaces control characters, trims. */
export function cleanText(given: FormattedText): FormattedText {
  return trim(dropCharacters({ text: given.text.replace(spaced, ' '), entities: given.entities }))
}

/** True for a text in which a person would see nothing. */
export function isInvisible(text: string): boolean {
  return invisible.test(text)
}

function dropCharacters(given: FormattedText): FormattedText {
  if (!dropped.test(given.text)) return given
  let text = ''
  const newOffset = [0]
  for (const unit of given.text.split('')) {
    if (!dropped.test(unit)) text += unit
    newOffset.push(text.length)
  }
  return { text, entities: moved(given.entities, (offset) => newOffset[offset] ?? text.length) }
}

function trim(given: FormattedText): FormattedText {
  const start = given.text.length - given.text.replace(/^[ \n]+/, '').length
  const text = given.text.replace(/^[ \n]+|[ \n]+$/g, '')
  if (text.length === given.text.length) return given
  const clamp = (offset: number): number => Math.min(Math.max(offset - start, 0), text.length)
  return { text, entities: moved(given.entities, clamp) }
}

function moved(entities: readonly MessageEntity[], newOffset: (offset: number) => number): MessageEntity[] {
  return entities
    .map((entity) => {
      const offset = newOffset(entity.offset)
      return { ...entity, offset, length: newOffset(entity.offset + entity.length) - offset }
    })
    .filter((entity) => entity.length > 0)
}
