import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MigrationProgress } from './db/migrations/migrate'
import { createUpgradeNews, newsOf, type UpgradeNews } from './upgrade-news'

const at = (step: MigrationProgress['step'], migration: string | null, done: number): MigrationProgress => ({
  step,
  migration,
  done,
  of: 4,
})

test.each([
  [at('copying', null, 0), { doing: 'copying', step: 1, of: 5 }],
  [at('kept', null, 0), { doing: 'comparing', step: 1, of: 5 }],
  [at('begun', 'a', 0), { doing: 'changing', step: 2, of: 5 }],
  [at('checking', 'a', 0), { doing: 'checking', step: 2, of: 5 }],
  [at('committed', 'a', 1), { doing: 'checking', step: 2, of: 5 }],
  [at('statement', 'd', 3), { doing: 'changing', step: 5, of: 5 }],
  [at('committed', 'd', 4), { doing: 'checking', step: 5, of: 5 }],
] as const)('%j is told as %j', (progress, news) => {
  expect(newsOf(progress)).toEqual(news)
})

describe('news of an upgrade', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function follow() {
    const told: UpgradeNews[] = []
    return { told, ...createUpgradeNews((news) => told.push(news)) }
  }

  test('are not told when it is over within a second', () => {
    const { told, update, stop } = follow()
    update(at('copying', null, 0))
    vi.advanceTimersByTime(999)
    stop()
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([])
  })

  test('are the newest, told again and again until it is over', () => {
    const { told, update, stop } = follow()
    update(at('copying', null, 0))
    update(at('comparing', null, 0))
    vi.advanceTimersByTime(1000)
    update(at('checking', 'a', 0))
    vi.advanceTimersByTime(500)
    stop()
    vi.advanceTimersByTime(10_000)
    expect(told.map(({ doing }) => doing)).toEqual(['comparing', 'checking', 'checking'])
  })
})
