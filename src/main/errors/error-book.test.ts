import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EntryError } from './entry-error'
import { type ErrorBook, openErrorBook } from './error-book'

let folder: string
let changes: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'errors-'))
  changes = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const path = () => join(folder, 'errors.json')

function open(): ErrorBook {
  return openErrorBook({ folder, version: '1.2.3', onChange: () => (changes += 1), writeAfterMs: 5 })
}

function error(given: Partial<EntryError> = {}): EntryError {
  return {
    at: 1000,
    scope: 'sender',
    code: 'TypeError',
    name: 'TypeError',
    sentence: 'An outgoing message could not be written',
    detail: '',
    frames: ['send main/index.js:1:2'],
    causes: [],
    ...given,
  }
}

test('errors of one kind are counted, with the first and the last time, and survive a restart', () => {
  const book = open()
  book.note(error({ at: 2000 }))
  book.note(error({ at: 5000 }))
  book.note(error({ at: 4000, frames: [] }))
  book.note(error({ at: 3000, scope: 'poll' }))
  book.close()
  const expected = [
    {
      id: 'sender | TypeError | An outgoing message could not be written',
      topic: 'sending',
      scope: 'sender',
      code: 'TypeError',
      sentence: 'An outgoing message could not be written',
      detail: '',
      frames: [],
      count: 3,
      firstAt: 2000,
      lastAt: 5000,
      isNew: true,
      version: '1.2.3',
    },
    {
      id: 'poll | TypeError | An outgoing message could not be written',
      topic: 'receiving',
      scope: 'poll',
      code: 'TypeError',
      sentence: 'An outgoing message could not be written',
      detail: '',
      frames: ['send main/index.js:1:2'],
      count: 1,
      firstAt: 3000,
      lastAt: 3000,
      isNew: true,
      version: '1.2.3',
    },
  ]
  expect([open().list(), changes, statSync(path()).mode & 0o777]).toEqual([expected, 4, 0o600])
})

test('what was read is no longer new, until it happens again', () => {
  const book = open()
  book.note(error())
  book.note(error({ scope: 'poll' }))
  book.markRead()
  const read = book.list().map(({ isNew }) => isNew)
  book.note(error())
  expect([read, book.list().map(({ scope, isNew }) => [scope, isNew])]).toEqual([
    [false, false],
    [
      ['sender', true],
      ['poll', false],
    ],
  ])
  book.close()
})

test('a cleared list leaves no file', () => {
  const book = open()
  book.note(error())
  book.close()
  book.clear()
  expect([existsSync(path()), open().list()]).toEqual([false, []])
})

test('many errors in a row are written once', async () => {
  const book = open()
  for (let index = 0; index < 50; index += 1) book.note(error())
  const before = existsSync(path())
  await new Promise((resolve) => setTimeout(resolve, 30))
  const { kinds } = JSON.parse(readFileSync(path(), 'utf8')) as { kinds: { count: number }[] }
  expect([before, kinds.map(({ count }) => count)]).toEqual([false, [50]])
})

test('of too many kinds the one that has not happened for the longest time is forgotten', () => {
  const book = open()
  for (let index = 0; index < 105; index += 1)
    book.note(error({ at: 1000 + index, code: `E${String(index)}` }))
  const codes = book.list().map(({ code }) => code)
  expect([codes.length, codes.includes('E4'), codes.includes('E5'), codes[0]]).toEqual([
    100,
    false,
    true,
    'E104',
  ])
  book.close()
})

test.each(['', '{', '{"format":2,"kinds":[]}', '[]'])(
  'a file that says “%s” counts as an empty list',
  (content) => {
    writeFileSync(path(), content)
    expect(open().list()).toEqual([])
  },
)

test('a folder that is gone costs the file only', () => {
  const book = open()
  rmSync(folder, { recursive: true })
  book.note(error())
  book.close()
  expect(book.list().length).toBe(1)
})
