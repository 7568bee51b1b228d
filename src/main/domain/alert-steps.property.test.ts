import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AlertLevel } from '../../shared/model/alerts'
import type { Cause } from './alert-rules'
import { acknowledgeAlert, type Moment, snoozeAlert, stepAlert, type TrackedAlert } from './alert-steps'

const MINUTE = 60_000
const HOLD = { raise: 2 * MINUTE, end: 2 * MINUTE }
const LOUD: Moment['settings'] = { quiet: null, criticalPasses: true }

const causeOf = (level: AlertLevel | null): Cause | null =>
  level === null ? null : { key: 'errors', level, since: null, details: {} }

type Step = {
  readonly level: AlertLevel | null
  readonly wait: number
  readonly act: 'none' | 'seen' | 'later'
}

const step = fc.record<Step>({
  level: fc.constantFrom(null, 'warning', 'critical'),
  wait: fc.integer({ min: -5 * MINUTE, max: 10 * MINUTE }),
  act: fc.constantFrom('none', 'none', 'none', 'seen', 'later'),
})

type Trace = {
  readonly alerts: readonly (TrackedAlert | null)[]
  readonly told: readonly (TrackedAlert | null)[]
}

/** Runs through the steps; with `restart` each state goes through the database's own form in between. */
function run(steps: readonly Step[], settings = LOUD, restart = false): Trace {
  let now = 1_000 * MINUTE
  let alert: TrackedAlert | null = null
  const alerts: (TrackedAlert | null)[] = []
  const told: (TrackedAlert | null)[] = []
  for (const { level, wait, act } of steps) {
    now += wait
    if (alert?.raisedAt != null && act === 'seen') alert = acknowledgeAlert(alert, now)
    if (alert?.raisedAt != null && act === 'later') alert = snoozeAlert(alert, now + 7 * MINUTE)
    const before: TrackedAlert | null = restart
      ? (JSON.parse(JSON.stringify(alert)) as TrackedAlert | null)
      : alert
    const stepped = stepAlert(before, causeOf(level), { now, minute: 0, hold: HOLD, settings })
    alerts.push(stepped.alert)
    told.push(stepped.tell ? stepped.alert : null)
    alert = stepped.alert?.endedAt === null ? stepped.alert : null
  }
  return { alerts, told }
}

const RANK = { warning: 1, critical: 2 }
const manySteps = fc.array(step, { minLength: 1, maxLength: 40 })

test('nobody is told twice of the same thing, unless it got worse or they asked to be reminded', () => {
  fc.assert(
    fc.property(manySteps, (steps) => {
      const silent = steps.map((one) => ({ ...one, act: 'none' as const }))
      let last: TrackedAlert | null = null
      const { alerts, told } = run(silent)
      for (const [index, now] of told.entries()) {
        if (now !== null && last !== null) expect(RANK[now.level]).toBeGreaterThan(RANK[last.level])
        if (now !== null) last = now
        const after = alerts[index] ?? null
        if (after === null || after.endedAt !== null) last = null
      }
    }),
  )
})

test('people are told only of what has been raised, and not of what they have just seen', () => {
  fc.assert(
    fc.property(manySteps, (steps) => {
      for (const alert of run(steps).told) {
        if (alert === null) continue
        expect(alert.raisedAt).not.toBeNull()
        expect([alert.acknowledgedAt, alert.snoozedUntil, alert.toldLevel]).toEqual([null, null, alert.level])
      }
    }),
  )
})

test('a restart between any two looks neither repeats nor forgets anything', () => {
  fc.assert(
    fc.property(manySteps, (steps) => {
      expect(run(steps, LOUD, true)).toEqual(run(steps, LOUD, false))
    }),
  )
})

test('in the quiet hours only what is critical is told, and only when it may', () => {
  const quiet = { from: 0, until: 60 }
  fc.assert(
    fc.property(manySteps, (steps) => {
      const levels = (criticalPasses: boolean) =>
        run(steps, { quiet, criticalPasses }).told.flatMap((alert) => (alert === null ? [] : [alert.level]))
      expect(levels(false)).toEqual([])
      expect(new Set(levels(true)).has('warning')).toBe(false)
    }),
  )
})

test('whatever the clock does, a lasting cause is raised and a cause that stays away ends', () => {
  fc.assert(
    fc.property(manySteps, (steps) => {
      const lasting = Array.from({ length: 4 }, (): Step => ({ level: 'warning', wait: MINUTE, act: 'none' }))
      const gone = Array.from({ length: 4 }, (): Step => ({ level: null, wait: MINUTE, act: 'none' }))
      const raised = run([...steps, ...lasting]).alerts.at(-1)
      expect(raised?.raisedAt).not.toBeNull()
      expect(run([...steps, ...lasting, ...gone]).alerts.at(-1)).toBeNull()
    }),
  )
})

const look = (minutes: number, level: AlertLevel | null): Step => ({
  level,
  wait: minutes * MINUTE,
  act: 'none',
})
const states = (steps: readonly Step[]) =>
  run(steps).alerts.map((alert) => {
    if (alert === null) return 'none'
    if (alert.endedAt !== null) return 'ended'
    return alert.raisedAt === null ? 'waiting' : 'raised'
  })

test('a cause that passes within two minutes is never raised', () => {
  expect(states([look(0, 'warning'), look(1, 'warning'), look(0, null), look(1, 'warning')])).toEqual([
    'waiting',
    'waiting',
    'none',
    'waiting',
  ])
})

test('a cause that is back within two minutes is the same alert', () => {
  const steps = [
    look(0, 'warning'),
    look(2, 'warning'),
    look(1, null),
    look(1, 'warning'),
    look(1, null),
    look(2, null),
  ]
  expect(states(steps)).toEqual(['waiting', 'raised', 'raised', 'raised', 'raised', 'ended'])
})
