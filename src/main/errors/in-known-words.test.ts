import { expect, test } from 'vitest'
import { createRedactor } from '../telemetry/redact'
import { inKnownWords } from './in-known-words'

const logged = (error: unknown) => createRedactor().fields({ error: inKnownWords(error) })['error']

test('words that may be somebody’s are dropped, names, codes, places and known sentences stay', () => {
  const cause = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
  const error = new RangeError('Cannot show Annabella of flat 12', { cause })
  error.stack = `RangeError: Cannot show Annabella of flat 12\n    at draw (/app/out/main/index.js:1:22)`
  cause.stack = 'Error: database is locked\n    at read (/app/out/main/db.js:3:4)'
  expect(logged(error)).toMatchObject({
    name: 'RangeError',
    message: '',
    causes: [{ name: 'Error', message: 'database is locked', code: 'SQLITE_BUSY' }],
  })
  expect(JSON.stringify(logged(error))).toContain('index.js:1:22')
  expect(JSON.stringify(logged(error))).not.toContain('Annabella')
})

test('what is thrown need not be an error', () => {
  expect(logged('Annabella was here')).toMatchObject({ name: 'string', message: '' })
})
