import { beforeEach, expect, test, vi } from 'vitest'
import { channels } from '../../shared/ipc/channels'
import { contract, type Handlers } from '../../shared/ipc/contract'
import type { Log } from '../telemetry/log'

type Listener = (event: unknown, path: unknown, input: unknown) => unknown
const { listeners, trusted } = vi.hoisted(() => ({
  listeners: new Map<string, Listener>(),
  trusted: { is: true },
}))

vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, listener: Listener) => void listeners.set(channel, listener),
    removeHandler: (channel: string) => void listeners.delete(channel),
  },
}))
vi.mock('./trusted-sender', () => ({ isTrustedSender: () => trusted.is }))

const { serveContract } = await import('./serve')
const { CALLS_A_SECOND } = await import('./limits')

const lines: unknown[] = []
const note = (fields: unknown) => void lines.push(fields)
const log: Log = { error: note, warn: note, info: note, debug: note, child: () => log }
const areas = Object.entries(contract).map(([area, methods]) => [
  area,
  Object.fromEntries(Object.keys(methods).map((name) => [name, () => undefined])),
])
// Built from the contract's own keys.
const handlers = Object.fromEntries(areas) as Handlers

function call(path: string): Promise<unknown> {
  return Promise.resolve(listeners.get(channels.invoke)?.({}, path, undefined))
}

beforeEach(() => {
  listeners.clear()
  lines.length = 0
  trusted.is = true
})

test('calls of trusted windows are answered until it ends', async () => {
  const stop = serveContract(handlers, log)
  const answer = await call('app.finishSetUp')
  stop()
  expect([answer, listeners.size, lines]).toEqual([{ ok: true, value: undefined }, 0, []])
})

test('calls of strangers are refused and logged', async () => {
  trusted.is = false
  serveContract(handlers, log)
  expect([await call('app.finishSetUp'), lines]).toEqual([
    { ok: false, code: 'bad-request', details: { reason: 'untrusted' } },
    [{ path: 'app.finishSetUp', reason: 'untrusted' }],
  ])
})

test('a flood of calls is refused with one line', async () => {
  serveContract(handlers, log)
  const answers = await Promise.all(Array.from({ length: CALLS_A_SECOND * 3 }, () => call('app.finishSetUp')))
  const refused = answers.filter((answer) => JSON.stringify(answer).includes('too-many')).length
  expect([refused > 0, lines.length < refused, lines[0]]).toEqual([
    true,
    true,
    { path: 'app.finishSetUp', reason: 'too-many' },
  ])
})
