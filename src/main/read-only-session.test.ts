import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { contract } from '../shared/ipc/contract'
import { Refusal } from '../shared/model/refusal'
import { openReadOnlySession } from './read-only-session'
import type { Session, SessionDeps } from './session'
import { readEnvironment } from './settings/environment'
import { DATABASE_SET, MANIFEST, MARKS } from './startup/data-files'
import { Trouble } from './startup/trouble'
import { createRedactor } from './telemetry/redact'
import { digestsOf, furnishedFolder } from './testing/data-folder'
import { createMeasures } from './telemetry/measures'
import { memoryLog } from './testing/office'

const FILES = [...DATABASE_SET, MANIFEST, ...MARKS]
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('facility-dispatcher-copy-'))

function open(folder: string): Session {
  const deps: SessionDeps = {
    environment: readEnvironment({ DISPATCHER_DATA_DIR: folder }),
    safeStorage: { isEncryptionAvailable: () => false } as SessionDeps['safeStorage'],
    redactor: createRedactor(),
    log: memoryLog(),
    measures: createMeasures(),
    memoryBytes: () => 1,
    systemLanguage: 'en',
    openLink: () => Promise.resolve(true),
    chooseFolder: () => Promise.resolve(null),
    whileClosed: () => {},
    signals: { notify: () => {}, mark: () => {} },
    move: () => {},
  }
  return openReadOnlySession(deps, new Trouble('read-only'))
}

function furnished(): string {
  const folder = furnishedFolder(4)
  folders.push(folder)
  return folder
}

const READING = [
  'app.state',
  'app.openLink',
  'board.open',
  'board.page',
  'requests.details',
  'requests.archive',
  'people.list',
  'people.technicians',
  'people.invites',
  'places.list',
  'bot.storage',
  'attention.list',
]
/** Served by the program as a whole, whatever data are open. */
const OF_THE_PROGRAM: readonly string[] = ['trouble', 'window', 'log', 'errors']
/** Done by the window itself when something is looked at: left undone without a word. */
const SILENT = ['requests.markRead', 'app.dismissGap']

test('what only reads is answered, everything else is refused with a code, and nothing is changed', async () => {
  const folder = furnished()
  const before = digestsOf(folder, FILES)
  const session = open(folder)
  const state = await session.handlers.app.state()
  const board = await session.handlers.board.open()
  const refused: string[] = []
  for (const [area, methods] of Object.entries(session.handlers)) {
    for (const [name, handle] of Object.entries(methods as unknown as Record<string, () => unknown>)) {
      const path = `${area}.${name}`
      if (READING.includes(path)) continue
      try {
        await handle()
      } catch (error) {
        if (error instanceof Refusal && error.code === 'read-only') refused.push(path)
      }
    }
  }
  await session.close()
  const all = Object.entries(contract)
    .filter(([area]) => !OF_THE_PROGRAM.includes(area))
    .flatMap(([area, methods]) => Object.keys(methods).map((name) => `${area}.${name}`))
  expect([state.conditions.readOnly, board.columns[0]?.cards.length]).toEqual(['read-only', 4])
  expect(refused.sort()).toEqual(all.filter((path) => ![...READING, ...SILENT].includes(path)).sort())
  expect(digestsOf(folder, FILES)).toEqual(before)
})

test('the copy is gone when the session ends, and when it could not be opened', async () => {
  const before = copies()
  const session = open(furnished())
  const during = copies().length
  await session.close()
  const empty = furnished()
  rmSync(join(empty, 'dispatcher.db'))
  expect(() => open(empty)).toThrow(expect.objectContaining({ code: 'missing' }))
  writeFileSync(join(empty, 'dispatcher.db'), '')
  expect(() => open(empty)).toThrow(expect.objectContaining({ code: 'empty' }))
  expect([during - before.length, copies()]).toEqual([1, before])
})
