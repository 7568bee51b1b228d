import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '../domain/plain-text'
import { readEntities } from '../practice/simulator/entities'
import { hostileText } from './hostile-text-fixture'
import { type Line, richText } from './rich-text'

test('lines become text with entities over exactly what is bold or quoted', () => {
  const lines: Line[] = [
    { bold: 'No. 1: received' },
    { quote: 'Leak\nhere' },
    null,
    'Place: 34',
    '',
    { quote: '' },
    'end',
  ]

  expect(richText(lines)).toEqual({
    text: 'No. 1: received\nLeak\nhere\nPlace: 34\n\nend',
    entities: [
      { type: 'bold', offset: 0, length: 15 },
      { type: 'blockquote', offset: 16, length: 9 },
    ],
  })
})

test('a text that is too long is cut to what Telegram takes, and its entity with it', () => {
  const { text, entities } = richText([{ bold: 'title' }, { quote: 'x'.repeat(5000) }, 'never seen'])

  expect([text.length, text.at(-1), entities.at(-1)]).toEqual([
    4096,
    '…',
    { type: 'blockquote', offset: 6, length: 4090 },
  ])
})

test('whatever is typed, every entity is one that Telegram takes, over our own stretch of the text', () => {
  const line = fc.oneof(
    hostileText,
    hostileText.map((bold) => ({ bold })),
    hostileText.map((quote) => ({ quote })),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const { text, entities } = richText(lines)
      expect(text.length).toBeLessThanOrEqual(4096)
      expect(text.isWellFormed()).toBe(true)
      expect(readEntities(entities, text, () => undefined)).toEqual(entities)
      const marked = lines.flatMap((given) =>
        typeof given === 'string' ? [] : [cleanText(Object.values(given).join(''))],
      )
      const shown = entities.map(({ offset, length }) => text.slice(offset, offset + length))
      // Cut off or whole, but each in its order and nothing else.
      shown.forEach((stretch, index) => {
        const whole = marked.filter((words) => words !== '')[index] ?? ''
        expect(
          stretch === whole || (stretch.endsWith('…') && whole.startsWith(stretch.slice(0, -1).trimEnd())),
        ).toBe(true)
      })
    }),
    { numRuns: 300 },
  )
})
