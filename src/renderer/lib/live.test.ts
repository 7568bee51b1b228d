// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import type { RequestId } from '../../shared/model/ids'
import { startLive } from './live'
import { openPushInbox } from './push'

const idOf = (n: number) => `0198a000-0000-7000-8000-00000000000${String(n)}` as RequestId

function connect() {
  let push: (event: unknown) => void = () => undefined
  const inbox = openPushInbox({
    invoke: () => Promise.reject(new Error('not here')),
    onPush: (listener) => {
      push = listener
      return () => undefined
    },
  })
  const queryClient = new QueryClient()
  for (const key of [
    ['requests', 'details', idOf(1)],
    ['requests', 'details', idOf(2)],
    ['requests', 'archive'],
    ['people', 'list'],
  ]) {
    queryClient.setQueryData(key, 'read')
  }
  const stale = () =>
    queryClient
      .getQueryCache()
      .getAll()
      .filter((query) => query.state.isInvalidated)
      .map((query) => query.queryKey.slice(0, 3).join(' '))
  const listeners = {
    queryClient,
    onCards: vi.fn(),
    onBot: vi.fn(),
    onAppStale: vi.fn(),
    onAttentionStale: vi.fn(),
    onBoardStale: vi.fn(),
  }
  return {
    push: (event: unknown) => {
      push(event)
    },
    inbox,
    listeners,
    stale,
  }
}

test('what was pushed before anybody listened is not lost', () => {
  const { push, inbox, listeners } = connect()
  push({ type: 'bot', state: { kind: 'starting' } })
  startLive(inbox, listeners)
  push({ type: 'bot', state: { kind: 'no-token' } })
  expect(listeners.onBot.mock.calls).toEqual([[{ kind: 'starting' }], [{ kind: 'no-token' }]])
})

test('a change makes stale what it names, and the details of no other request', () => {
  const { push, inbox, listeners, stale } = connect()
  startLive(inbox, listeners)
  push({ type: 'changed', topics: ['requests'], requestIds: [idOf(1)] })
  expect(stale()).toEqual([`requests details ${idOf(1)}`, 'requests archive'])
  push({ type: 'changed', topics: ['people', 'app'], requestIds: null })
  expect(stale()).toContain('people list')
  expect([listeners.onBoardStale.mock.calls.length, listeners.onAppStale.mock.calls.length]).toEqual([1, 1])
})

test('what is not a push event is dropped', () => {
  const { push, inbox, listeners } = connect()
  startLive(inbox, listeners)
  for (const event of [null, 'cards', { type: 'cards' }, { type: 'bot', state: { kind: '?' } }]) push(event)
  expect(listeners.onCards).not.toHaveBeenCalled()
  expect(listeners.onBot).not.toHaveBeenCalled()
})
