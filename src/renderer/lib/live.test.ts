// @vitest-environment jsdom
import { QueryClient, QueryObserver } from '@tanstack/react-query'
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
    onLog: vi.fn(),
    onAlertsStale: vi.fn(),
    onShowHealth: vi.fn(),
    onRestore: vi.fn(),
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

/** Marking waits for answers that are let go. */
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('what was pushed before anybody listened is not lost', () => {
  const { push, inbox, listeners } = connect()
  push({ type: 'bot', state: { kind: 'starting' } })
  startLive(inbox, listeners)
  push({ type: 'bot', state: { kind: 'no-token' } })
  expect(listeners.onBot.mock.calls).toEqual([[{ kind: 'starting' }], [{ kind: 'no-token' }]])
})

test('a change makes stale what it names, and the details of no other request', async () => {
  const { push, inbox, listeners, stale } = connect()
  startLive(inbox, listeners)
  push({ type: 'changed', topics: ['requests'], requestIds: [idOf(1)] })
  await settled()
  expect(stale()).toEqual([`requests details ${idOf(1)}`, 'requests archive'])
  push({ type: 'changed', topics: ['people', 'app'], requestIds: null })
  await settled()
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

test('a change that comes while something is read for the first time is read all the same', async () => {
  const { push, inbox, listeners } = connect()
  startLive(inbox, listeners)
  const answers = ['before the change', 'after the change']
  const reads: ((value: string) => void)[] = []
  const observer = new QueryObserver(listeners.queryClient, {
    queryKey: ['people', 'technicians'],
    queryFn: () => new Promise<string>((resolve) => reads.push(resolve)),
    staleTime: Infinity,
  })
  const stop = observer.subscribe(() => undefined)
  push({ type: 'changed', topics: ['people'], requestIds: null })
  await settled()
  reads.forEach((answer, index) => {
    answer(answers[index] ?? '')
  })
  await settled()
  expect(observer.getCurrentResult().data).toBe('after the change')
  stop()
})
