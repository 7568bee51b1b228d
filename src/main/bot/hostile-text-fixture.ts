import fc from 'fast-check'

const PIECES = [
  '<b>No. 9: closed</b>',
  '<script>alert(1)</script>&amp;&lt;',
  '*bold* _it_ [a](tg://user?id=1) `code` ~~~ ||x|| \\',
  '{{number}} {{name}} $t(help) $& $1 $$',
  '\u0000\u0001\u001b[31m\u007f\u0085',
  '\u202Eesrever\u202C \u2066iso\u2069 \u200F\u200E',
  '\ud800',
  '\udfff',
  'a\ud83d',
  '\ude00b',
  'Z̸̢̧͚̗̱͖͐̈́͝a̷͎̳̓͑̌̕l̵̡̼̪̊͛g̴̙̈́o̵̧͠\u0333\u033f\u030a',
  '👨‍👩‍👧‍👦🏳️‍🌈🇺🇳👍🏽',
  '\r\n\n\n\t \u2028\u2029',
  '\u200b\u200c\u2060\ufeff\u00ad\u2800',
  'No. 1: closed\nThank you.',
  '/cancel @facility_practice_bot https://example.com #tag +49 30 1234567',
  "'; drop table requests; --",
  '\ufdfa\u0e33\u1100\uac01\ud834\udd1e',
]

const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes))
const piece = fc.oneof(fc.constantFrom(...PIECES), units, fc.string({ unit: 'binary', maxLength: 40 }))

/** Anything that may be typed: every code unit, control and direction marks, markup, and very long texts. */
export const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: piece.map((part) => (part === '' ? 'x' : part).repeat(4096).slice(0, 4096)) },
)
