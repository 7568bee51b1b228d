import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Language } from '../../shared/model/vocabulary'
import { languageOf, textsIn, timeIn } from './texts'

test('the language follows that of the resident’s Telegram', () => {
  expect([undefined, '', 'en', 'ru', 'ru-RU', 'be', 'kk', 'RU', 'de', 'x'].map(languageOf)).toEqual([
    'en',
    'en',
    'en',
    'ru',
    'ru',
    'ru',
    'ru',
    'ru',
    'en',
    'en',
  ])
})

test('a time of today is an hour, any other one has its day', () => {
  const now = new Date(2031, 2, 14, 9, 0).getTime()
  const later = new Date(2031, 2, 14, 16, 30).getTime()
  const day = new Date(2031, 2, 17, 16, 0).getTime()

  expect([
    timeIn('en', later, now),
    timeIn('en', day, now),
    timeIn('ru', later, now),
    timeIn('ru', day, now),
  ]).toEqual(['16:30', 'Mon 17 Mar, 16:00', '16:30', 'пн, 17 мар., 16:00'])
})

/** Keys that the sources say by name: they are no literals of the catalogue's own type there. */
function saidKeys(): string[] {
  const folders = ['.', 'features', '../usecases'].map((folder) => join(import.meta.dirname, folder))
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  const calls = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:say|tell)\((?:[^()]|\([^()]*\))*?\)/gu)].map(([call]) => call),
  )
  return [
    ...new Set(calls.flatMap((call) => [...call.matchAll(/'([a-zA-Z]+)'/gu)].map(([, key]) => key ?? ''))),
  ]
}

test('everything that the bot is told to say has words in every language', () => {
  const keys = saidKeys()
  const missing = Language.options.flatMap((language) =>
    keys.filter((key) => textsIn(language)(key as 'welcome') === key),
  )

  expect(missing).toEqual([])
  expect(keys).toEqual(
    expect.arrayContaining(['welcome', 'inviteUsed', 'askNotFixed', 'onlyTextAndPhotos', 'inactive']),
  )
})
