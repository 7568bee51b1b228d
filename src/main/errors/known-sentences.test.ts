import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knownSentence } from './known-sentences'

test.each([
  [
    "Cannot read properties of undefined (reading 'id')",
    "Cannot read properties of undefined (reading 'id')",
  ],
  ['deps.now is not a function', 'deps.now is not a function'],
  ['UNIQUE constraint failed: users.telegram_id', 'UNIQUE constraint failed: users.telegram_id'],
  ['database disk image is malformed', 'database disk image is malformed'],
  ["ENOSPC: no space left on device, write '/home/anna/files/x'", 'ENOSPC: no space left on device'],
  ["EACCES: permission denied, open '/home/anna'", 'EACCES: permission denied'],
  ["Call to 'sendMessage' failed! (400: Bad Request: chat not found)", "Call to 'sendMessage' failed! (400)"],
  [
    'telegramId: invalid_type, input: unrecognized_keys',
    'telegramId: invalid_type, input: unrecognized_keys',
  ],
  ['Minified React error #31; visit https://react.dev/errors/31?args[]=Anna', 'Minified React error #31'],
  ['Person Anna was not found', ''],
  ["Cannot read properties of Anna (reading 'id')", ''],
  ['Anna Smith is not a function', ''],
  ['', ''],
])('of “%s” is kept “%s”', (message, kept) => {
  expect(knownSentence(message)).toBe(kept)
})

test('no word of a person comes through, wherever it stands in a sentence', () => {
  const people = fc.constantFrom('Annabella Smith', 'Water in flat 12!', '+49 151 2345 6789', 'Анна')
  const around = fc.constantFrom(
    (words: string) => words,
    (words: string) => `Cannot read properties of undefined (reading '${words}')`,
    (words: string) => `UNIQUE constraint failed: ${words}`,
    (words: string) => `ENOENT: no such file or directory, open '${words}'`,
    (words: string) => `Call to 'sendMessage' failed! (400: Bad Request: ${words})`,
    (words: string) => `database is locked ${words}`,
    (words: string) => `${words} is not a function`,
    (words: string) => `Minified React error #31 ${words}`,
    (words: string) => `field: invalid_type, ${words}`,
  )
  fc.assert(
    fc.property(people, around, (words, sentence) => {
      expect(knownSentence(sentence(words))).not.toContain(words)
    }),
  )
})
