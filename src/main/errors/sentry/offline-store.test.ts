import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Envelope } from '@sentry/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOfflineStore } from './offline-store'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'queue-')), 'error-reports')
})
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function envelope(name: string, size = 10): Envelope {
  return [{ event_id: name }, [[{ type: 'event' }, { message: 'x'.repeat(size) }]]] as unknown as Envelope
}

async function drain(store: ReturnType<typeof openOfflineStore>): Promise<string[]> {
  const names: string[] = []
  for (;;) {
    const next = await store.shift()
    if (next === undefined) return names
    names.push((next[0] as { event_id: string }).event_id)
  }
}

test('what waits goes out in its order, one that failed again first, and leaves no file', async () => {
  const store = openOfflineStore(folder)
  await store.push(envelope('a'))
  await store.push(envelope('b'))
  await store.unshift(envelope('again'))
  const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
  expect([modes, await drain(openOfflineStore(folder)), readdirSync(folder)]).toEqual([
    [0o600, 0o600, 0o600],
    ['again', 'a', 'b'],
    [],
  ])
})

test('it holds so many, the newest; too large ones and too old ones are not kept', async () => {
  let now = 1_700_000_000_000
  const store = openOfflineStore(folder, () => now)
  await store.push(envelope('huge', 3_000_000))
  for (let index = 0; index < 33; index += 1) await store.push(envelope(String(index)))
  const count = readdirSync(folder).length
  now += 29 * 24 * 3600_000
  await store.push(envelope('young'))
  now += 2 * 24 * 3600_000
  expect([count, await drain(store), readdirSync(folder)]).toEqual([30, ['young'], []])
})

test('it holds so many bytes', async () => {
  const store = openOfflineStore(folder)
  for (const name of ['a', 'b', 'c', 'd']) await store.push(envelope(name, 1_900_000))
  expect(await drain(store)).toEqual(['c', 'd'])
})
