import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../shared/model/vocabulary'
import type { Database } from '../db/database'
import { listPeople } from '../db/people'
import { listBuildings, listUnits } from '../db/places'
import { countByStatus } from '../db/requests'
import { readSetting } from '../db/settings'
import { openBoard } from '../ipc/views/cards'
import { openTestDatabase } from '../testing/test-database'
import { openPracticeWorld, type PracticeWorld } from './practice-world'
import { seedPractice } from './seed'

const folder = mkdtempSync(join(tmpdir(), 'practice-'))
const stored = new Map<string, Uint8Array>()
let world: PracticeWorld
let database: Database

beforeAll(async () => {
  world = await openPracticeWorld({ folder, language: 'en', now: Date.now, onProblem: fail })
})
afterEach(() => {
  database.close()
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

function fail(error: unknown): never {
  throw error
}

async function seeded(at: number, language: Language = 'en'): Promise<Database> {
  database = openTestDatabase(() => at)
  await seedPractice({
    database,
    simulator: world.simulator,
    storeFile: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      stored.set(sha256, bytes)
      return Promise.resolve(sha256)
    },
    now: () => at,
    language,
  })
  return database
}

function all<Row>(sql: string): Row[] {
  // The rows are what the statement beside says.
  return database.sqlite.prepare(sql).all() as Row[]
}

const wednesday = new Date(2026, 2, 11, 10, 42).getTime()

test('two buildings with 40 units, 30 people and 60 requests of every status', async () => {
  const { read } = await seeded(wednesday)
  const people = listPeople(read)
  expect({
    buildings: listBuildings(read).map(({ name }) => name),
    units: listUnits(read).length,
    residents: people.filter(({ role }) => role === 'user').length,
    technicians: people.filter(({ role }) => role === 'technician').length,
    requests: Object.fromEntries(countByStatus(read)),
    setUp: readSetting(read, 'setUp'),
  }).toEqual({
    buildings: ['Linden Court', 'Quay House'],
    units: 40,
    residents: 25,
    technicians: 5,
    requests: {
      OPEN: 7,
      ASSIGNED: 5,
      IN_PROGRESS: 5,
      ON_HOLD: 4,
      RESOLVED: 6,
      CLOSED: 24,
      DECLINED: 3,
      CANCELLED: 3,
      DUPLICATE: 3,
    },
    setUp: true,
  })
})

describe('whenever practice begins', () => {
  const moments = {
    'on a working day': wednesday,
    'on a Monday before dawn': new Date(2026, 2, 9, 0, 5).getTime(),
    'on a Sunday evening': new Date(2026, 2, 15, 21, 30).getTime(),
    'just after the clocks changed': new Date(2026, 2, 29, 4, 10).getTime(),
    'on a Friday at five': new Date(2026, 2, 13, 17, 0).getTime(),
  }
  test.for(Object.entries(moments))('the board is the same %s', async ([, at]) => {
    const { read } = await seeded(at)
    const { columns } = openBoard(read)
    const overdue = columns.map(
      ({ cards }) => cards.filter(({ dueAt }) => dueAt !== null && dueAt < at).length,
    )
    expect({
      cards: columns.map(({ cards }) => cards.length),
      overdue,
      first: columns[0]?.cards[0]?.title,
      unread: columns[0]?.cards.filter(({ unreadCount }) => unreadCount > 0).length,
      tooOldToStay: columns[4]?.cards.filter(({ completedAt }) => at - (completedAt ?? 0) > 72 * 3_600_000),
      future: all(`select 1 from changes where at > ${String(at)}`),
    }).toEqual({
      cards: [7, 5, 5, 4, 6],
      overdue: [1, 0, 1, 0, 0],
      first: 'Lift stuck between floors 3 and 4, someone inside',
      unread: 3,
      tooOldToStay: [],
      future: [],
    })
  })
})

test('counters, journal and numbers agree with the rows', async () => {
  await seeded(wednesday)
  const counted = all<{ status: string; n: number }>(
    'select status, count(*) as n from requests group by status',
  )
  expect(Object.fromEntries(counted.map(({ status, n }) => [status, n]))).toEqual(
    Object.fromEntries(countByStatus(database.read)),
  )
  const columns = all<{ name: string }>("select name from pragma_table_info('requests')").map(
    ({ name }) => name,
  )
  const rows = all<Record<string, unknown> & { id: string }>('select * from requests order by sequence')
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1))
  expect(rows.map(({ created_at }) => created_at)).toEqual(
    rows.map(({ created_at }) => created_at).toSorted(),
  )
  for (const row of rows) {
    const patches = all<{ patch: string }>(
      `select patch from changes where table_name = 'requests' and row_id = '${row.id}' order by seq`,
    ).map(({ patch }) => JSON.parse(patch) as Record<string, unknown>)
    const last = patches.reduce((state, patch) => ({ ...state, ...patch }), {})
    const told = Object.fromEntries(
      columns.map((name) => [
        name,
        last[name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())],
      ]),
    )
    expect(told).toEqual(row)
  }
  const counts = all(`select r.id from requests r where
    r.photo_count <> (select count(*) from files where request_id = r.id) or
    r.comment_count <> (select count(*) from comments where request_id = r.id)`)
  expect(counts).toEqual([])
})

test('nothing of the past is waiting to be sent or fetched, and every picture is there', async () => {
  await seeded(wednesday)
  expect(all("select kind, state from outbox where state <> 'sent'")).toEqual([])
  expect(all("select * from downloads where state <> 'stored'")).toEqual([])
  const pictures = all<{ sha256: string }>('select distinct sha256 from files')
  expect(pictures.length).toBeGreaterThan(20)
  expect(pictures.filter(({ sha256 }) => !stored.has(sha256))).toEqual([])
})

test('in Russian everything is Russian', async () => {
  const { read } = await seeded(wednesday, 'ru')
  const texts = all<{ text: string }>(
    `select title || description || location || coalesce(hold_reason, '') || coalesce(ended_reason, '') as text
     from requests union all select comment from comments union all select name from users where role <> 'manager'
     union all select name from buildings union all select name from units`,
  ).map(({ text }) => text)
  expect(texts.filter((text) => /[a-z]/iu.test(text.replace(/M12/u, '')))).toEqual([])
  expect(listPeople(read).every(({ language, telegramId }) => language === 'ru' || telegramId === null)).toBe(
    true,
  )
})
