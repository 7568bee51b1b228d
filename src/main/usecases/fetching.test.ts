import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../shared/model/refusal'
import { findDownload, findFiles, findWaitingDownloads } from '../db/files'
import type { Person } from '../db/people'
import type { Request } from '../domain/request'
import { openWorld, type World } from '../testing/world'

const HOUR = 3_600_000

let world: World
let anna: Person
let request: Request
beforeEach(() => {
  world = openWorld()
  anna = world.meet(501, 'Anna')
  request = world.report(anna)
  send('a')
})
afterEach(() => {
  world.close()
})

function send(uniqueId: string, kind: 'photo' | 'voice' = 'photo'): void {
  const spoken = world.spoken(anna)
  const file = { kind, fileId: `f-${uniqueId}`, uniqueId, name: 'x', at: spoken.writtenAt, sizeBytes: 10 }
  world.commenting.fromTelegram({ ...spoken, requestId: request.id, text: '', file })
}

const download = (uniqueId = 'a') => must(findDownload(world.read, uniqueId), 'the download')
const files = () =>
  findFiles(world.read, request.id).map(({ uniqueId, state, sha256 }) => [uniqueId, state, sha256])
const stored = (sha256: string) => ({ kind: 'stored', sha256 }) as const

test('a fetched picture is on its request, and the first one on the card', () => {
  world.fetching.settle(download(), stored('abc'))
  expect([files(), world.now(request.id).thumbnail, download()]).toEqual([
    [['a', 'stored', 'abc']],
    'abc',
    { ...download(), state: 'stored', attempts: 1, sha256: 'abc', lastError: null },
  ])
})

test('a second picture, or something that is none, leaves the card as it is', () => {
  send('b')
  send('v', 'voice')
  world.fetching.settle(download('v'), stored('voice'))
  const none = world.now(request.id).thumbnail
  world.fetching.settle(download('a'), stored('first'))
  world.fetching.settle(download('b'), stored('second'))
  expect([none, world.now(request.id).thumbnail]).toEqual([null, 'first'])
})

test('one content is fetched for every request that has it', () => {
  const other = world.report(anna, 'The same again')
  const before = request
  request = other
  send('a')
  world.fetching.settle(download(), stored('abc'))
  expect([world.now(before.id).thumbnail, world.now(other.id).thumbnail]).toEqual(['abc', 'abc'])
})

test.each([
  { outcome: { kind: 'too-big' }, state: 'too-big', lastError: null },
  { outcome: { kind: 'gone', error: '404' }, state: 'failed', lastError: '404' },
] as const)(
  'a file that Telegram does not give is shown as it is: $state',
  ({ outcome, state, lastError }) => {
    world.fetching.settle(download(), outcome)
    expect([
      files(),
      download().lastError,
      findWaitingDownloads(world.read, Infinity, 5),
      world.now(request.id).thumbnail,
    ]).toEqual([[['a', state, null]], lastError, [], null])
  },
)

test('a try that failed is repeated after growing pauses, at most ten minutes', () => {
  const pauses = Array.from({ length: 12 }, () => {
    world.fetching.settle(download(), { kind: 'later', error: 'ETIMEDOUT' })
    return (download().notBefore - world.clock.now) / 1000
  })
  expect([pauses, download().attempts, files()]).toEqual([
    [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600],
    12,
    [['a', 'waiting', null]],
  ])
})

test('after a day of failures it is given up', () => {
  world.pass(24 * HOUR)
  world.fetching.settle(download(), { kind: 'later', error: 'ETIMEDOUT' })
  const still = download().state
  world.pass(1)
  world.fetching.settle(download(), { kind: 'later', error: 'ETIMEDOUT' })
  expect([still, download().state, files()]).toEqual(['waiting', 'failed', [['a', 'failed', null]]])
})
