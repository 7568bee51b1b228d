import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Person } from '../practice/simulator/phone'
import { samplePng } from '../practice/simulator/sample-images'
import type { Simulator } from '../practice/simulator/simulator'
import { startSimulator } from '../practice/simulator/start-simulator'
import { createHttpClient, type HttpClient } from './http-client'
import { createApi } from './identify'
import { createPerform, type Perform } from './perform'
import type { Call } from './render/call'

let simulator: Simulator
let http: HttpClient
let folder: string
let anna: Person
let perform: Perform
const { signal } = new AbortController()

beforeEach(async () => {
  simulator = await startSimulator()
  http = createHttpClient()
  folder = mkdtempSync(join(tmpdir(), 'perform-'))
  writeFileSync(join(folder, 'abc'), samplePng(30, 20))
  anna = simulator.people.addPerson({ id: 501, first_name: 'Anna' })
  anna.start()
  perform = createPerform(createApi(simulator.token, simulator.apiRoot, http), (sha256) =>
    join(folder, sha256),
  )
})
afterEach(async () => {
  await http.close()
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

const album = { do: 'pictures', chatId: 501, caption: 'Photos of job 1', silent: true } as const

test('pictures of the desk are uploaded, those of Telegram go by their handle', async () => {
  const sent = anna.sendPhoto(samplePng(31, 20))
  const fileId = anna.messages().find(({ messageId }) => messageId === sent)?.photo?.fileId ?? ''
  const own = { fileId: '', sha256: 'abc' }
  const one = await perform({ ...album, pictures: [own] }, signal)
  const two = await perform({ ...album, pictures: [own, { fileId, sha256: null }] }, signal)
  const none = await perform({ ...album, pictures: [] }, signal)

  const shown = anna.messages().slice(2)
  expect([one.length, two.length, none.length]).toEqual([1, 2, 0])
  expect(shown.map(({ photo, caption, silent }) => [photo?.width, caption, silent])).toEqual([
    [30, 'Photos of job 1', true],
    [30, 'Photos of job 1', true],
    [31, undefined, true],
  ])
})

test('an answer without the id of the message is no answer', async () => {
  simulator.faults.once('sendMessage', { kind: 'malformed', body: '{"ok":true,"result":{}}' })
  const call: Call = {
    do: 'send',
    chatId: 501,
    text: { text: 'x', entities: [] },
    keyboard: [],
    replyTo: null,
    silent: false,
  }

  await expect(perform(call, signal)).rejects.toThrow('without a message id')
})

test('a message is sent even when the one it replies to is gone, and without sound when asked', async () => {
  const call: Call = {
    do: 'send',
    chatId: 501,
    text: { text: 'x https://example.com', entities: [] },
    keyboard: [],
    replyTo: 4711,
    silent: true,
  }
  await perform(call, signal)

  expect(anna.messages().at(-1)).toMatchObject({ text: 'x https://example.com', silent: true })
  expect(simulator.ledger.at(-1)?.params).toMatchObject({ link_preview_options: { is_disabled: true } })
})
