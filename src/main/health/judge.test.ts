import { expect, test } from 'vitest'
import type { Facts } from '../../shared/model/facts'
import { sampleFacts } from '../testing/sample-facts'
import { judge } from './judge'

const NOW = 10_000_000
const well = sampleFacts(NOW, { outbox: { waiting: 2, oldestAt: NOW - 1000, unknown: 0, failed: 0 } })

test('when all is well there is nothing to say', () => {
  expect(judge(well)).toEqual({ healthy: true, issues: [], actions: [] })
})

test.each<[string, Partial<Facts>, ReturnType<typeof judge>]>([
  [
    'nobody listens',
    { bot: { state: 'offline', lastAnsweredAt: 7 } },
    {
      healthy: false,
      issues: [{ code: 'not-listening', severity: 'serious', since: 7 }],
      actions: ['check-network'],
    },
  ],
  [
    'another program has the bot',
    { bot: { state: 'conflict', lastAnsweredAt: 7 } },
    {
      healthy: false,
      issues: [{ code: 'conflict', severity: 'serious', since: 7 }],
      actions: ['close-other-program'],
    },
  ],
  [
    'there is no token',
    { bot: { state: 'no-token', lastAnsweredAt: null } },
    { healthy: true, issues: [{ code: 'no-token', severity: 'warning', since: null }], actions: [] },
  ],
  [
    'an update has waited for more than five minutes',
    { inbox: { waiting: 1, oldestAt: NOW - 300_001, setAside: 0 } },
    {
      healthy: false,
      issues: [{ code: 'updates-wait', severity: 'serious', since: NOW - 300_001 }],
      actions: [],
    },
  ],
  [
    'messages could not be sent, and an update was set aside',
    {
      inbox: { waiting: 0, oldestAt: null, setAside: 1 },
      outbox: { waiting: 0, oldestAt: null, unknown: 1, failed: 0 },
    },
    {
      healthy: true,
      issues: [
        { code: 'updates-set-aside', severity: 'warning', since: null },
        { code: 'messages-failed', severity: 'warning', since: null },
      ],
      actions: ['look-at-attention'],
    },
  ],
  [
    'the disk is full, the backup old and the file damaged',
    {
      disk: { state: 'full', freeBytes: 0 },
      backup: { lastAt: 3, isOld: true },
      database: { bytes: 1, walBytes: 1, check: 'failed' },
    },
    {
      healthy: false,
      issues: [
        { code: 'disk-full', severity: 'serious', since: null },
        { code: 'backup-old', severity: 'warning', since: 3 },
        { code: 'check-failed', severity: 'serious', since: null },
      ],
      actions: ['free-disk-space', 'make-backup', 'restore-backup'],
    },
  ],
])('%s', (_what, change, expected) => {
  expect(judge({ ...well, ...change })).toEqual(expected)
})
