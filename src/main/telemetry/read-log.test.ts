import fc from 'fast-check'
import { mkdtempSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogCursor, LogFilter } from '../../shared/model/log-line'
import { wantedBy } from './log-lines'
import { readLogPage } from './read-log'

const ALL: LogFilter = { level: 'debug', scope: null, request: null, text: '' }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function line(count: number, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ time: '2026-05-01T10:00:00.000Z', level: 'info', message: 'Line', count, ...more })
}

function write(name: string, from: number, to: number): void {
  const lines = Array.from({ length: to - from + 1 }, (_, index) => `${line(from + index)}\n`)
  writeFileSync(join(folder, name), lines.join(''))
}

async function counts(before: LogCursor | null, limit: number, filter = ALL) {
  const page = await readLogPage({ folder, before, wanted: wantedBy(filter), limit })
  return { counts: page.lines.map(({ fields }) => fields['count']), before: page.before }
}

/** Every line, read page by page. */
async function readAll(limit: number): Promise<unknown[]> {
  const all: unknown[] = []
  let before: LogCursor | null = null
  do {
    const page: Awaited<ReturnType<typeof counts>> = await counts(before, limit)
    all.unshift(...page.counts)
    before = page.before
  } while (before !== null)
  return all
}

test('pages go back through all files without a gap or a repetition', async () => {
  write('main.2.log', 1, 20)
  write('main.1.log', 21, 55)
  write('main.log', 56, 60)
  const expected = Array.from({ length: 60 }, (_, index) => index + 1)
  expect([await readAll(1), await readAll(7), await readAll(60), await readAll(500)]).toEqual([
    expected,
    expected,
    expected,
    expected,
  ])
})

test('a page goes on where it ended although the files were rotated meanwhile', async () => {
  write('main.log', 1, 10)
  const first = await counts(null, 4)
  renameSync(join(folder, 'main.log'), join(folder, 'main.1.log'))
  write('main.log', 11, 12)
  const second = await counts(first.before, 4)
  expect([first.counts, second.counts]).toEqual([
    [7, 8, 9, 10],
    [3, 4, 5, 6],
  ])
})

test('of a file that has gone there is nothing more', async () => {
  write('main.log', 1, 10)
  const { before } = await counts(null, 4)
  rmSync(join(folder, 'main.log'))
  expect(await counts(before, 4)).toEqual({ counts: [], before: null })
})

test('what is no line is passed over: cut by a power cut, empty, not ours', async () => {
  write('main.log', 1, 3)
  truncateSync(join(folder, 'main.log'), 2 * (line(1).length + 1) + 20)
  const path = join(folder, 'main.log')
  writeFileSync(path, `\n\n{"time":1}\nnull\n[]\n${line(4)}\n`, { flag: 'a' })
  expect((await counts(null, 10)).counts).toEqual([1, 2, 4])
})

test('a page ends after a certain number of bytes and says where to go on', async () => {
  write('main.log', 1, 2000)
  const filter = { ...ALL, text: 'count=3 ' }
  const wanted = wantedBy({ ...filter, text: 'count=3' })
  const first = await readLogPage({ folder, before: null, wanted, limit: 2000, mostBytes: 10_000 })
  expect([first.lines.length, first.before === null]).toEqual([0, false])
})

test('while a file of five megabytes is searched, the event loop turns after every piece of it', async () => {
  write('main.log', 1, 60_000)
  const pieces = Math.floor(statSync(join(folder, 'main.log')).size / (64 * 1024))
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const wanted = wantedBy({ ...ALL, text: 'nowhere' })
  const page = await readLogPage({ folder, before: null, wanted, limit: 100, mostBytes: 10_000_000 })
  isOver = true
  expect([page, pieces > 70, turns >= pieces]).toEqual([{ lines: [], before: null }, true, true])
})

test('whatever is in the lines and however long they are, reading backwards is reading forwards turned round', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      async (texts, limit) => {
        const content = texts.map(
          (message, count) => `${line(count, { message: `${message}${'ж'.repeat(4000)}` })}\n`,
        )
        writeFileSync(join(folder, 'main.log'), content.join(''))
        expect(await readAll(limit)).toEqual(texts.map((_, count) => count))
      },
    ),
    { numRuns: 40 },
  )
})

test.each([
  ['a level and those more serious', { level: 'warn' }, [2, 3]],
  ['a scope with its parts', { scope: 'bot' }, [3, 4]],
  ['words in the sentence or the fields', { text: 'KIND=photo' }, [4]],
  [
    'a request by its number, with the update it came from',
    { request: { number: '142', id: null } },
    [1, 4, 5],
  ],
  [
    'a request by its id too',
    { request: { number: '142', id: '01234567-0123-7123-8123-012345678901' } },
    [1, 4, 5, 6],
  ],
] as const)('finds by %s', async (_what, filter, expected) => {
  const lines = [
    line(1, { updateId: 7, scope: 'poll' }),
    line(2, { level: 'warn', scope: 'botany' }),
    line(3, { level: 'error', scope: 'bot.poll', requestNumber: '14' }),
    line(4, { scope: 'bot', updateId: 7, requestNumber: '142', kind: 'photo' }),
    line(5, { requestNumber: '142' }),
    line(6, { requestId: '01234567-0123-7123-8123-012345678901' }),
  ]
  writeFileSync(join(folder, 'main.log'), `${lines.join('\n')}\n`)
  // Safe: the table holds ids of the right form.
  expect((await counts(null, 10, { ...ALL, ...filter } as LogFilter)).counts).toEqual(expected)
})
