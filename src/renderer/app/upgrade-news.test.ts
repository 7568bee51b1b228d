// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import type { Bridge, PushEvent } from '../../shared/ipc/contract'
import { watchForUpgrade } from './upgrade-news'

afterEach(() => {
  document.body.replaceChildren()
  vi.resetModules()
})

function makeBridge() {
  const listeners = new Set<(event: unknown) => void>()
  const bridge: Bridge = {
    invoke: () => new Promise(() => undefined),
    onPush: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const push = (event: PushEvent) => {
    for (const listener of listeners) listener(event)
  }
  return { bridge, push, listeners }
}

const upgrade = (given: Partial<Extract<PushEvent, { type: 'upgrade' }>>): PushEvent => ({
  type: 'upgrade',
  language: 'en',
  doing: 'copying',
  step: 1,
  of: 3,
  ...given,
})
const shown = () => document.getElementById('upgrade')
const textOf = (selector: string) => shown()?.querySelector(selector)?.textContent

test('an upgrade is shown in words and as a bar, and goes when it is over', async () => {
  const { bridge, push, listeners } = makeBridge()
  const end = watchForUpgrade(bridge)
  push({ type: 'bot', state: { kind: 'starting' } })
  push(upgrade({}))
  await vi.waitFor(() => {
    expect(textOf('[role=status]')).toBe('Step 1 of 3: making a copy')
  })
  expect(textOf('h1')).toBe('The data is being brought to the new version')
  const bar = shown()?.querySelector('progress')
  const first = bar?.value ?? NaN
  push(upgrade({ doing: 'checking', step: 3 }))
  await vi.waitFor(() => {
    expect(textOf('[role=status]')).toBe('Step 3 of 3: checking')
  })
  expect([bar?.max, (bar?.value ?? 0) > first, bar?.getAttribute('aria-label')]).toEqual([
    3,
    true,
    'The data is being brought to the new version',
  ])
  end()
  expect([shown(), listeners.size]).toEqual([null, 0])
})

test('it speaks the language of the system', async () => {
  const { bridge, push } = makeBridge()
  const end = watchForUpgrade(bridge)
  push(upgrade({ language: 'ru', doing: 'comparing' }))
  await vi.waitFor(() => {
    expect(textOf('[role=status]')).toBe('Шаг 1 из 3: копия сравнивается с данными')
  })
  expect(document.documentElement.lang).toBe('ru')
  end()
})

test('what comes when it is over is not shown any more', async () => {
  const { bridge, push } = makeBridge()
  const end = watchForUpgrade(bridge)
  push(upgrade({}))
  end()
  await import('./upgrade-notice')
  await Promise.resolve()
  expect(shown()).toBe(null)
})
