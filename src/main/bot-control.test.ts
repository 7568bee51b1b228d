import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BotState } from '../shared/model/bot-state'
import { createBotControl } from './bot-control'
import { readSetting, writeSetting } from './db/settings'
import { type Office, openOffice } from './office'
import type { Simulator } from './practice/simulator/simulator'
import { startSimulator } from './practice/simulator/start-simulator'
import { createSecrets, type Secrets } from './settings/secrets'
import { createRedactor } from './telemetry/redact'
import { memoryLog } from './testing/office'

const drizzle = join(import.meta.dirname, '../../drizzle')

let folder: string
let simulator: Simulator
let office: Office
let secrets: Secrets
let states: BotState['kind'][]
let redactor: ReturnType<typeof createRedactor>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bot-control-'))
  simulator = await startSimulator({ botName: 'House', botUsername: 'house_bot' })
  states = []
  office = openOffice({
    folder,
    appVersion: '0.0.0',
    migrationsFolder: drizzle,
    undoMs: 0,
    apiRoot: simulator.apiRoot,
    log: memoryLog(),
    now: Date.now,
    onBotState: ({ kind }) => states.push(kind),
  })
  secrets = createSecrets({ folder, safeStorage: null })
  redactor = createRedactor()
})
afterEach(async () => {
  await office.close()
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

const control = (environmentToken: string | null = null) =>
  createBotControl({
    office,
    secrets,
    redactor,
    environmentToken,
    onState: ({ kind }) => states.push(kind),
  })
const wish = (given: Partial<Parameters<ReturnType<typeof control>['connect']>[0]> = {}) => ({
  token: simulator.token,
  removeWebhook: false,
  storeUnprotected: true,
  acceptOtherBot: false,
  ...given,
})
const identity = () => ({ id: Number(simulator.token.split(':')[0]), name: 'House', username: 'house_bot' })
const kept = () => existsSync(join(folder, 'secrets.json'))

/** The calls that a simulator saw, but for the receiving itself. */
const calls = () => simulator.ledger.map(({ method }) => method).filter((method) => method !== 'getUpdates')

async function receiving(): Promise<void> {
  await expect.poll(() => states.at(-1), { timeout: 5_000 }).toBe('receiving')
}

describe('asking about a token', () => {
  test('tells whose it is, and keeps nothing', async () => {
    const given = await control().check(simulator.token)
    expect([given, kept(), readSetting(office.database.read, 'bot'), states]).toEqual([
      { ...identity(), webhook: null },
      false,
      null,
      [],
    ])
  })

  test.each([
    { name: 'is none', token: () => 'hello', code: 'token-malformed' },
    { name: 'Telegram does not know', token: () => `5${simulator.token}`, code: 'token-refused' },
  ])('that $name is refused, and kept out of the log all the same', async ({ token, code }) => {
    const given = token()
    await expect(control().check(given)).rejects.toMatchObject({ code })
    expect(redactor.text(`it was ${given}`).includes(given)).toBe(given.length < 8)
  })
})

describe('connecting', () => {
  test('keeps the token and the bot, and begins to receive', async () => {
    const given = await control().connect(wish())
    await receiving()
    expect([given, secrets.load(), readSetting(office.database.read, 'bot'), control().state().kind]).toEqual(
      [{ ...identity(), webhook: null }, { kind: 'token', token: simulator.token }, identity(), 'receiving'],
    )
  })

  test('another bot than before needs the manager’s yes', async () => {
    office.database.transact((db) => {
      writeSetting(db, 'bot', { id: 5, name: 'Old House', username: 'old_bot' })
    })
    await expect(control().connect(wish())).rejects.toMatchObject({
      code: 'token-of-another-bot',
      details: { name: 'Old House' },
    })
    const before = kept()
    await control().connect(wish({ acceptOtherBot: true }))
    expect([before, kept(), readSetting(office.database.read, 'bot')?.name]).toEqual([false, true, 'House'])
  })

  test('takes a webhook out of the way only when asked to', async () => {
    simulator.setWebhook('https://elsewhere.example/hook')
    await expect(control().connect(wish())).rejects.toMatchObject({
      code: 'webhook-in-the-way',
      details: { host: 'elsewhere.example' },
    })
    const before = [kept(), calls().includes('deleteWebhook')]
    await control().connect(wish({ removeWebhook: true }))
    await receiving()
    expect([before, kept(), calls().includes('deleteWebhook')]).toEqual([[false, false], true, true])
  })

  test('keeps no token as plain text without the manager’s yes', async () => {
    await expect(control().connect(wish({ storeUnprotected: false }))).rejects.toMatchObject({
      code: 'storage-unprotected',
    })
    expect([kept(), states, control().storage()]).toEqual([false, [], { protected: false, backend: 'none' }])
  })

  test('can be taken back: the token is gone, the bot is remembered', async () => {
    const bot = control()
    await bot.connect(wish())
    await receiving()
    await bot.disconnect()
    expect([kept(), bot.state().kind, readSetting(office.database.read, 'bot')]).toEqual([
      false,
      'no-token',
      identity(),
    ])
  })
})

describe('starting', () => {
  test('with nothing stored does nothing', async () => {
    await control().startStored()
    expect([states, calls()]).toEqual([[], []])
  })

  test('begins with the stored token', async () => {
    secrets.save(simulator.token, { allowUnprotected: true })
    await control().startStored()
    await receiving()
    expect(redactor.text(`bot${simulator.token}`).includes(simulator.token)).toBe(false)
  })

  test('begins with the token of the environment, which is never written', async () => {
    await control(simulator.token).startStored()
    await receiving()
    expect(kept()).toBe(false)
  })

  test('says so when the stored token can’t be read', async () => {
    writeFileSync(
      join(folder, 'secrets.json'),
      JSON.stringify({ version: 1, token: { kind: 'encrypted', backend: 'keychain', value: 'c2VjcmV0' } }),
    )
    await control().startStored()
    expect([states, calls()]).toEqual([['token-refused'], []])
  })
})
