import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanText, clip, titleOf } from './plain-text'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const split = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment)

/** Anything that can be in a JavaScript string: also lone surrogates, marks and joined emoji. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('👩‍👩‍👧', '🇩🇪', 'é', '\r\n', '\u202e', '\ud83d', '\ude00', ' ', '.'),
    ),
  )
  .map((parts) => parts.join(''))
const wellFormed = anyText.map((text) => text.toWellFormed())

test.each([
  { name: 'white space around', given: '  a b \n', clean: 'a b' },
  { name: 'line breaks of every system', given: 'a\r\nb\rc\nd', clean: 'a\nb\nc\nd' },
  { name: 'a tab within', given: 'a\tb', clean: 'a\tb' },
  { name: 'control characters', given: 'a\u0000b\u0007c\u001bd\u007fe\u0085f', clean: 'abcdef' },
  { name: 'line separators of Unicode', given: 'a\u2028b\u2029c', clean: 'abc' },
  {
    name: 'marks that turn the writing around',
    given: 'invoice\u202efdp.exe\u2066x\u2069',
    clean: 'invoicefdp.exex',
  },
  { name: 'a byte order mark', given: '\ufeffa', clean: 'a' },
  { name: 'half of an emoji', given: 'a\ud83db', clean: 'a\ufffdb' },
  { name: 'joined emoji', given: '👩‍👩‍👧', clean: '👩‍👩‍👧' },
])('a text keeps what people wrote and nothing else: $name', ({ given, clean }) => {
  expect(cleanText(given)).toBe(clean)
})

test('a line is a text with its white space folded', () => {
  expect(cleanLine('  Flat\r\n 34\t\u0000\n\nleft ')).toBe('Flat 34 left')
})

test('cleaning leaves nothing unsafe, and cleaning again changes nothing', () => {
  const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/u
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text)
      expect({
        unsafe: unsafe.test(clean),
        wellFormed: clean.isWellFormed(),
        again: cleanText(clean),
        line: cleanLine(clean).includes('\n'),
      }).toEqual({ unsafe: false, wellFormed: true, again: clean, line: false })
    }),
  )
})

test.each([
  { name: 'short enough', text: 'abc', limit: 3, clipped: 'abc' },
  { name: 'one too long', text: 'abcd', limit: 3, clipped: 'ab…' },
  { name: 'white space before the cut', text: 'ab cd', limit: 4, clipped: 'ab…' },
  { name: 'an emoji at the cut', text: 'ab👩‍👩‍👧', limit: 5, clipped: 'ab…' },
  { name: 'a flag at the cut', text: '🇩🇪🇫🇷', limit: 7, clipped: '🇩🇪…' },
  { name: 'a first grapheme that is too long', text: `e${'\u0301'.repeat(9)}x`, limit: 5, clipped: '…' },
  { name: 'no room at all', text: 'abc', limit: 0, clipped: '…' },
])('a text is clipped between graphemes: $name', ({ text, limit, clipped }) => {
  expect(clip(text, limit)).toBe(clipped)
})

test('a clipped text is within the limit and begins with whole graphemes of the text', () => {
  fc.assert(
    fc.property(wellFormed, fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const clipped = clip(text, limit)
      if (text.length <= limit) expect(clipped).toBe(text)
      else {
        const kept = clipped.slice(0, -1)
        const beginnings = split(text).map((_, index, all) => all.slice(0, index).join('').trimEnd())
        expect({
          short: clipped.length <= limit,
          wellFormed: clipped.isWellFormed(),
          whole: beginnings.includes(kept),
        }).toEqual({ short: true, wellFormed: true, whole: true })
      }
    }),
  )
})

test.each([
  { name: 'the first line', text: 'Leak under the sink\nIt began last night', title: 'Leak under the sink' },
  { name: 'the first sentence', text: 'The lift is stuck. Nobody is in it.', title: 'The lift is stuck' },
  {
    name: 'a question keeps its mark',
    text: 'When will it be warm? It is 12 degrees.',
    title: 'When will it be warm?',
  },
  {
    name: 'a short beginning is not enough',
    text: 'Help! Water is everywhere',
    title: 'Help! Water is everywhere',
  },
  {
    name: 'numbers are not sentences',
    text: 'Boiler shows 1.5 bar only',
    title: 'Boiler shows 1.5 bar only',
  },
  { name: 'no words', text: ' \n ', title: '' },
  {
    name: 'a long line ends at a word',
    text: `${'word '.repeat(30)}end`,
    title: `${'word '.repeat(14)}word…`,
  },
  { name: 'a long word is cut', text: 'x'.repeat(100), title: `${'x'.repeat(79)}…` },
  { name: 'emoji count once', text: '👩‍👩‍👧'.repeat(40), title: '👩‍👩‍👧'.repeat(40) },
])('a title is the first thing said: $name', ({ text, title }) => {
  expect(titleOf(text)).toBe(title)
})

test('a title is one line of at most 80 graphemes and 400 units, whatever was written', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        anyText.map((text) => text.repeat(20)),
      ),
      (text) => {
        const title = titleOf(text)
        expect({
          graphemes: split(title).length <= 80,
          units: title.length <= 400,
          line: title.includes('\n'),
          wellFormed: title.isWellFormed(),
        }).toEqual({ graphemes: true, units: true, line: false, wellFormed: true })
      },
    ),
  )
})
