import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createMeasures } from '../telemetry/measures'
import { judge } from './judge'
import { METRICS } from './metric-table'
import { WELL } from './server-fixture'

const ops = join(import.meta.dirname, '..', '..', '..', 'ops')
const read = (...path: string[]) => readFileSync(join(ops, ...path), 'utf8')

/** Names by which metrics are used in a text; the parts of a histogram by the histogram's own. */
function usedIn(text: string): Set<string> {
  const names = text.match(/\bdispatcher_[a-z_]+/gu) ?? []
  return new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/u, '')))
}

const offered = new Set<string>(METRICS.map(({ name }) => name))

test.each([
  'grafana/dashboard.json',
  'prometheus/dispatcher.rules.yml',
  'prometheus/dispatcher.rules.test.yml',
])('%s uses only metrics that the program offers', (path) => {
  const used = [...usedIn(read(path))]

  expect(used.length).toBeGreaterThan(5)
  expect(used.filter((name) => !offered.has(name))).toEqual([])
})

test('the dashboard shows every metric that the program offers', () => {
  const used = usedIn(read('grafana', 'dashboard.json'))

  expect([...offered].filter((name) => !used.has(name))).toEqual([])
})

test('each label that the dashboard and the rules go by is one of its metric', () => {
  const labels = new Map<string, readonly string[]>(METRICS.map(({ name, labels: own }) => [name, own]))
  const text = read('grafana', 'dashboard.json') + read('prometheus', 'dispatcher.rules.yml')
  const wrong = [...text.matchAll(/\b(dispatcher_[a-z_]+)\{(\w+)/gu)].filter(
    ([, name = '', label = '']) => labels.get(name)?.includes(label) !== true,
  )

  expect(wrong.map(([found]) => found)).toEqual([])
})

test('each word that they go by is one that the program says', () => {
  const seen = { facts: WELL, judgement: judge(WELL), measures: createMeasures(), version: '1.0.0' }
  const said = (name: string) =>
    new Set(
      METRICS.filter((row) => row.name === name).flatMap((row) =>
        row.read(seen).flatMap(({ labels }) => Object.values(labels ?? {})),
      ),
    )
  const text = (read('grafana', 'dashboard.json') + read('prometheus', 'dispatcher.rules.yml')).replaceAll(
    '\\"',
    '"',
  )
  // Of the others the words are not known before something happens.
  const fixed = /\b(dispatcher_(?:bot_state|disk_state|database_check))\{\w+!?="([\w-]+)"/gu
  const used = [...text.matchAll(fixed)]

  expect(used.length).toBeGreaterThan(3)
  expect(used.filter(([, name = '', word = '']) => !said(name).has(word)).map(([found]) => found)).toEqual([])
})

type Service = {
  readonly image: string
  readonly ports?: readonly string[]
  readonly network_mode?: string
  readonly volumes: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

test('the compose file names versions, listens on this computer only and holds no password', () => {
  const { services } = parse(read('compose.yml')) as { readonly services: Readonly<Record<string, Service>> }

  expect(Object.keys(services)).toEqual(['prometheus', 'grafana', 'postgres'])
  for (const { image, ports = [], environment = {} } of Object.values(services)) {
    expect(image).toMatch(/:v?\d+\.\d+/u)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect(Object.keys(environment).filter((name) => /PASSWORD$/u.test(name))).toEqual([])
  }
  expect(read('compose.yml')).toContain('--web.listen-address=127.0.0.1:9090')
  expect(services['grafana']?.environment?.['GF_SERVER_HTTP_ADDR']).toBe('127.0.0.1')
})
