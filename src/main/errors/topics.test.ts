import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ErrorTopic } from '../../shared/model/errors'
import { topicOf } from './topics'

test.each<readonly [scope: string, code: string, topic: ErrorTopic]>([
  ['processor', 'SQLITE_FULL', 'disk-full'],
  ['backups', 'ENOSPC', 'disk-full'],
  ['processor', 'SQLITE_CORRUPT_INDEX', 'damage'],
  ['start', 'SQLITE_NOTADB', 'damage'],
  ['watch', 'SQLITE_IOERR_READ', 'disk-fails'],
  ['backups', 'EACCES', 'no-rights'],
  ['sender', 'SQLITE_BUSY', 'busy'],
  ['downloader', 'ECONNRESET', 'network'],
  ['poll', 'UND_ERR_CONNECT_TIMEOUT', 'network'],
  ['processor', 'TypeError', 'handling'],
  ['sender', '400', 'sending'],
  ['engine', '', 'receiving'],
  ['window', 'TypeError', 'window'],
  ['window-gone', '', 'window-gone'],
  ['ipc.answer', 'Error', 'desk-call'],
  ['', '', 'unknown'],
  ['constructor', 'toString', 'unknown'],
])('an error of "%s" with the code "%s" is about %s', (scope, code, topic) => {
  expect(topicOf(scope, code)).toBe(topic)
})

test('every error is about something that there are words for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (scope, code) => ErrorTopic.options.includes(topicOf(scope, code))),
  )
})

test.each(['en', 'ru'])('every topic has its words in %s', (language) => {
  const path = join(import.meta.dirname, `../../shared/i18n/${language}/errors.json`)
  const { topic } = JSON.parse(readFileSync(path, 'utf8')) as { topic: Record<string, object> }
  expect(
    Object.entries(topic)
      .map(([name, words]) => [name, ...Object.keys(words)])
      .sort(),
  ).toEqual(ErrorTopic.options.map((name) => [name, 'title', 'did', 'can']).sort())
})

test('every topic stands in the page on errors', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/errors.md'), 'utf8')
  expect(ErrorTopic.options.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
