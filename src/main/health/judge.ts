import type { Facts } from '../../shared/model/facts'
import type { HealthAction, HealthIssueCode, Judgement } from '../../shared/model/judgement'

/** An update or message that waits longer than this is stuck, in ms. */
const STUCK_MS = 5 * 60_000
/** A loop that comes later than this lets people wait, in ms. */
const SLOW_LOOP_MS = 1000

type Found = Judgement['issues'][number]
type Rule = {
  readonly code: HealthIssueCode
  readonly severity: Found['severity']
  readonly action: HealthAction | null
  /** Since when it is so, UTC ms; null when that is not known, false when it is not so. */
  readonly holds: (facts: Facts) => number | null | false
}

const whenSo = (so: boolean, since: number | null = null) => (so ? since : false)
const stuck = (oldestAt: number | null, at: number) =>
  whenSo(oldestAt !== null && at - oldestAt > STUCK_MS, oldestAt)
const botIs =
  (...states: readonly string[]) =>
  ({ bot }: Facts) =>
    whenSo(states.includes(bot.state), bot.lastAnsweredAt)

const RULES: readonly Rule[] = [
  { code: 'no-token', severity: 'warning', action: null, holds: botIs('no-token') },
  { code: 'token-refused', severity: 'serious', action: 'replace-token', holds: botIs('token-refused') },
  {
    code: 'conflict',
    severity: 'serious',
    action: 'close-other-program',
    holds: botIs('conflict', 'webhook'),
  },
  { code: 'not-listening', severity: 'serious', action: 'check-network', holds: botIs('offline') },
  {
    code: 'updates-wait',
    severity: 'serious',
    action: null,
    holds: ({ inbox, at }) => stuck(inbox.oldestAt, at),
  },
  {
    code: 'updates-set-aside',
    severity: 'warning',
    action: 'look-at-attention',
    holds: ({ inbox }) => whenSo(inbox.setAside > 0),
  },
  {
    code: 'messages-wait',
    severity: 'warning',
    action: 'check-network',
    holds: ({ outbox, at }) => stuck(outbox.oldestAt, at),
  },
  {
    code: 'messages-failed',
    severity: 'warning',
    action: 'look-at-attention',
    holds: ({ outbox }) => whenSo(outbox.failed + outbox.unknown > 0),
  },
  {
    code: 'disk-full',
    severity: 'serious',
    action: 'free-disk-space',
    holds: ({ disk }) => whenSo(disk.state === 'full'),
  },
  {
    code: 'disk-low',
    severity: 'warning',
    action: 'free-disk-space',
    holds: ({ disk }) => whenSo(disk.state === 'low' || disk.state === 'very-low'),
  },
  {
    code: 'backup-old',
    severity: 'warning',
    action: 'make-backup',
    holds: ({ backup }) => whenSo(backup?.isOld === true, backup?.lastAt ?? null),
  },
  {
    code: 'check-failed',
    severity: 'serious',
    action: 'restore-backup',
    holds: ({ database }) => whenSo(database.check === 'failed'),
  },
  {
    code: 'slow-loop',
    severity: 'warning',
    action: null,
    holds: ({ process }) => whenSo(process.loopDelayMs > SLOW_LOOP_MS),
  },
]

/** Judges how the program does: what is wrong, how bad that is, and what somebody can do about it. */
export function judge(facts: Facts): Judgement {
  const found = RULES.flatMap(({ holds, ...rule }) => {
    const since = holds(facts)
    return since === false ? [] : [{ ...rule, since }]
  })
  return {
    healthy: found.every(({ severity }) => severity !== 'serious'),
    issues: found.map(({ code, severity, since }) => ({ code, severity, since })),
    actions: [...new Set(found.flatMap(({ action }) => action ?? []))],
  }
}
