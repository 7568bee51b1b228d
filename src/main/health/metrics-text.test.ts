import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMeasures, type Measures } from '../telemetry/measures'
import { judge } from './judge'
import { METRICS } from './metric-table'
import { createMetricsText } from './metrics-text'
import { WELL } from './server-fixture'

function textOf(measures: Measures, facts = WELL): Promise<string> {
  return createMetricsText(() => ({ facts, judgement: judge(facts), measures, version: '1.2.3' }))()
}

/** The lines of one metric without its help and type. */
function linesOf(text: string, name: string): readonly string[] {
  return text.split('\n').filter((line) => new RegExp(`^${name}(_bucket|_sum|_count)?[{ ]`).test(line))
}

test('the names follow the rules of Prometheus', () => {
  for (const { name, type, labels, help } of METRICS) {
    expect(name).toMatch(/^dispatcher_[a-z]+(_[a-z]+)*$/)
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
    // Base units only, and no word that Prometheus gives a meaning of its own.
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|days|kb|mb|percent|bucket|sum|count)(_|$)/)
    for (const label of labels) expect(label).toMatch(/^(?!le$|quantile$)[a-z]+(_[a-z]+)*$/)
    expect(help).toMatch(/^\S.*\.$/)
  }
  expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length)
})

test('every metric has its help and type, whether it has a value or not', async () => {
  const lines = (await textOf(createMeasures())).split('\n')
  expect(lines.filter((line) => line.startsWith('# TYPE '))).toEqual(
    METRICS.map(({ name, type }) => `# TYPE ${name} ${type}`),
  )
  expect(lines.filter((line) => line.startsWith('# HELP ')).length).toBe(METRICS.length)
})

test('facts are given in seconds and bytes, and words as labels', async () => {
  const text = await textOf(createMeasures(), {
    ...WELL,
    bot: { state: 'conflict', lastAnsweredAt: 9_999_000 },
  })
  expect(
    [
      'dispatcher_info',
      'dispatcher_start_time_seconds',
      'dispatcher_healthy',
      'dispatcher_event_loop_delay_seconds',
      'dispatcher_bot_answer_age_seconds',
      'dispatcher_outbox_oldest_seconds',
      'dispatcher_inbox_oldest_seconds',
      'dispatcher_backup_age_seconds',
      'dispatcher_disk_free_bytes',
      'dispatcher_database_check',
    ].flatMap((name) => linesOf(text, name)),
  ).toEqual([
    'dispatcher_info{version="1.2.3"} 1',
    'dispatcher_start_time_seconds 5',
    'dispatcher_healthy 0',
    'dispatcher_event_loop_delay_seconds 0.003',
    'dispatcher_bot_answer_age_seconds 1',
    'dispatcher_outbox_oldest_seconds 3',
    'dispatcher_inbox_oldest_seconds 0',
    'dispatcher_backup_age_seconds 60',
    'dispatcher_disk_free_bytes 1000000000000',
    'dispatcher_database_check{result="ok"} 1',
    'dispatcher_database_check{result="failed"} 0',
    'dispatcher_database_check{result="none-yet"} 0',
  ])
  expect(linesOf(text, 'dispatcher_bot_state').filter((line) => line.endsWith(' 1'))).toEqual([
    'dispatcher_bot_state{state="conflict"} 1',
  ])
  expect(linesOf(text, 'dispatcher_issue').filter((line) => line.endsWith(' 1'))).toEqual([
    'dispatcher_issue{code="conflict"} 1',
  ])
})

test('where there is nothing to say there is no value', async () => {
  const text = await textOf(createMeasures(), {
    ...WELL,
    backup: null,
    bot: { state: 'no-token', lastAnsweredAt: null },
  })
  const names = [
    'dispatcher_backup_age_seconds',
    'dispatcher_backup_old',
    'dispatcher_bot_answer_age_seconds',
  ]
  expect([...names, 'dispatcher_sync_lag_seconds'].flatMap((name) => linesOf(text, name))).toEqual([])
})

test('what is counted and timed is given by its labels', async () => {
  const measures = createMeasures()
  measures.count('sends', 'card sent', 3)
  measures.count('updates-handled', 'done', 2)
  measures.phase('ready', 250)
  measures.time('commit', '', 0.2)
  measures.time('commit', '', 60_000)
  const text = await textOf(measures)
  expect(
    ['dispatcher_sends_total', 'dispatcher_updates_handled_total', 'dispatcher_start_phase_seconds'].flatMap(
      (name) => linesOf(text, name),
    ),
  ).toEqual([
    'dispatcher_sends_total{method="card",outcome="sent"} 3',
    'dispatcher_updates_handled_total{outcome="done"} 2',
    'dispatcher_start_phase_seconds{phase="ready"} 0.25',
  ])
  const commits = linesOf(text, 'dispatcher_commit_seconds')
  expect([commits[2], commits[3], ...commits.slice(-4)]).toEqual([
    'dispatcher_commit_seconds_bucket{le="0.0001"} 0',
    'dispatcher_commit_seconds_bucket{le="0.00025"} 1',
    'dispatcher_commit_seconds_bucket{le="30"} 1',
    'dispatcher_commit_seconds_bucket{le="+Inf"} 2',
    'dispatcher_commit_seconds_sum 60.0002',
    'dispatcher_commit_seconds_count 2',
  ])
})

test('whatever is timed, buckets never fall and the last holds all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double({ min: 0, max: 100_000, noNaN: true })), async (times) => {
      const measures = createMeasures()
      for (const ms of times) measures.time('handler', 'message', ms)
      const lines = linesOf(await textOf(measures), 'dispatcher_handler_seconds_bucket')
      const counts = lines.map((line) => Number(line.split(' ').at(-1)))
      expect(counts).toEqual(counts.toSorted((a, b) => a - b))
      expect(counts.at(-1) ?? 0).toBe(times.length)
    }),
    { numRuns: 50 },
  )
})

test('each answer is made from one look at the facts, and a new one', async () => {
  let looks = 0
  const write = createMetricsText(() => {
    looks += 1
    return {
      facts: { ...WELL, startedAt: looks * 1000 },
      judgement: judge(WELL),
      measures: createMeasures(),
      version: '1',
    }
  })
  const texts = [await write(), await write()]
  expect([looks, texts.map((text) => linesOf(text, 'dispatcher_start_time_seconds'))]).toEqual([
    2,
    [['dispatcher_start_time_seconds 1'], ['dispatcher_start_time_seconds 2']],
  ])
})

test('the documentation lists the very same metrics', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/monitoring.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `dispatcher_'))
  expect(rows).toEqual(
    METRICS.map(
      ({ name, type, labels, help }) =>
        `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
    ),
  )
})
