import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../src/main/db/connection'
import { type BotServer, startBotServer, tokenOf } from './bot-server-process'
import { sleep, PAGE_CLOCK_OFFSET } from './clock'
import { boardOf, copyOf, type Store } from './data-set'
import { type Program, startProgram } from './electron-program'
import { FIRST_RESIDENT } from './fill-office'
import type { Page } from './page'
import { measureRounds, type Row } from './row'
import { median, quantile } from './statistics'
import type { Windows } from './window-start'

/** How much is measured. */
export type ChangesWish = {
  readonly rounds: number
  /** Messages of one round. */
  readonly messages: number
  /** Changed cards of one round; 0 leaves P13 out. */
  readonly changes: number
}

const FEW = 1000
const MANY = 100_000
const READY_MS = 20_000

/** P13, P14: what one change costs with 100,000 requests on the board, against 1,000. */
export async function benchWindowChanges(
  store: Store,
  copies: string,
  windows: Windows,
  wish: ChangesWish,
): Promise<Row[]> {
  const server = await startBotServer()
  const desks: Desk[] = []
  try {
    const wanted = wish.messages * (wish.rounds + 1)
    const open = async (requests: number, place: number) => {
      const folder = copyOf(boardOf(requests), store, copies)
      const desk = await openDesk({ folder, server, windows, place, drafts: wanted })
      desks.push(desk)
      return desk
    }
    const few = await open(FEW, 0)
    const many = await open(MANY, 1)
    const messages = await messageRow(few, many, wish)
    if (wish.changes === 0) return [messages]
    return [await changeRow(few, many, wish), messages]
  } finally {
    for (const { stop } of desks) await stop()
    server.stop()
  }
}

async function messageRow(few: Desk, many: Desk, wish: ChangesWish): Promise<Row> {
  const all = { few: [] as number[], many: [] as number[] }
  const contender = (desk: Desk, times: number[]) => async () => {
    const round: number[] = []
    for (let index = 0; index < wish.messages; index += 1) round.push(await desk.sendRequest())
    times.push(...round)
    return median(round)
  }
  const contenders = { many: contender(many, all.many), few: contender(few, all.few) }
  await measureRounds(1, contenders)
  all.few.length = 0
  all.many.length = 0
  const { many: ours, few: baseline } = await measureRounds(wish.rounds, contenders)
  const tail = (times: readonly number[]) => quantile(times, 0.95).toFixed(1)
  return {
    id: 'P14',
    name: 'message to painted card, 100,000 on the board',
    baselineName: 'with 1,000',
    unit: 'ms',
    ours,
    baseline,
    goal: { atMost: 1.1 },
    note:
      `A resident presses Send; from the moment the update leaves the Bot API server to the frame after the one ` +
      `with the new card: received, stored, handled and committed (FULL twice), pushed, drawn. Medians of ` +
      `${String(wish.messages)} messages each round; p95 over all ${tail(all.many)} ms against ${tail(all.few)} ms.`,
  }
}

async function changeRow(few: Desk, many: Desk, wish: ChangesWish): Promise<Row> {
  await few.watchPushes()
  await many.watchPushes()
  const contender = (desk: Desk) => async () => {
    const times: number[] = []
    for (let index = 0; index < wish.changes; index += 1) times.push(await desk.changeCard())
    return median(times)
  }
  const contenders = { many: contender(many), few: contender(few) }
  await measureRounds(1, contenders)
  const { many: ours, few: baseline } = await measureRounds(wish.rounds, contenders)
  return {
    id: 'P13',
    name: 'one card changed, 100,000 on the board',
    baselineName: 'with 1,000',
    unit: 'ms',
    ours,
    baseline,
    goal: { atMost: 1.1 },
    note:
      'Main commits a comment; from the push in the window to the changed card, laid out. The window holds the ' +
      'pages that it has shown, as it opens.',
  }
}

/** The program at work with its window, and what is done to it. */
type Desk = {
  /** Sends one prepared draft; gives the ms until its card was painted. */
  readonly sendRequest: () => Promise<number>
  /** Makes the window tell when pushes come. */
  readonly watchPushes: () => Promise<void>
  /** Comments on the first card in progress; gives the ms from the push to the changed card. */
  readonly changeCard: () => Promise<number>
  readonly stop: () => Promise<void>
}

type DeskWish = {
  readonly folder: string
  readonly server: BotServer
  readonly windows: Windows
  readonly place: number
  readonly drafts: number
}

async function openDesk({ folder, server, windows, place, drafts }: DeskWish): Promise<Desk> {
  const token = tokenOf(2_000_000 + place)
  prepareDrafts(folder, drafts)
  writeFileSync(join(folder, 'window.json'), '{"x":0,"y":0,"width":1400,"height":900,"maximized":false}\n')
  server.open(token, 0)
  const program: Program = startProgram({
    electron: windows.electron,
    folder: windows.root,
    display: windows.displays[place] ?? windows.displays[0] ?? '',
    env: { DISPATCHER_DATA_DIR: folder, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: server.apiRoot },
  })
  await sleep(2500)
  const page = await program.page()
  await ready(page)
  const offset = await page.evaluate<number>(PAGE_CLOCK_OFFSET)
  let next = 0
  return {
    sendRequest: async () => {
      const draft = next
      next += 1
      const seen = page.evaluate<number>(whenCardIsPainted(draftId(draft)))
      // So that messages meet every part of a frame.
      await sleep(40 + Math.random() * 40)
      const sentAt = await server.push(token, pressOf(draft))
      return offset + (await seen) - sentAt
    },
    watchPushes: async () => {
      await page.reloadWith(WATCH_PUSHES)
      await sleep(1500)
      await ready(page)
      // Unread messages would stand where the comments are counted.
      await page.evaluate(MARK_READ)
      await sleep(200)
    },
    changeCard: async () => {
      await sleep(10 + Math.random() * 20)
      return page.evaluate<number>(CHANGE_CARD)
    },
    stop: async () => {
      page.close()
      await program.stop()
    },
  }
}

async function ready(page: Page): Promise<void> {
  const isReady = `performance.getEntriesByName('board-painted').length > 0 && document.querySelectorAll('li[data-id]').length > 0`
  for (let waited = 0; waited < READY_MS; waited += 100) {
    if (await page.evaluate<boolean>(isReady)) return
    await sleep(100)
  }
  throw new Error('The board did not appear')
}

/** Later drafts have lower ids and earlier beginnings, so each card comes to the top of its column. */
function draftId(index: number): string {
  return `00000000-0000-5000-8000-${String(999_999_999_999 - index)}`
}

function tokenOfDraft(index: number): string {
  return `draft-${String(index).padStart(16, '0')}`
}

/** Drafts of as many people, which only wait for Send. */
function prepareDrafts(folder: string, count: number): void {
  const sqlite = openSqlite(join(folder, 'dispatcher.db'))
  const startedAt = Date.now()
  const person = sqlite.prepare(
    'insert into users (id, telegram_id, role, created_at, name) values (?, ?, ?, ?, ?)',
  )
  const dialogue = sqlite.prepare('insert into dialogues (chat_id, state, updated_at) values (?, ?, ?)')
  const card = sqlite.prepare(
    "insert into cards (id, chat_id, kind, request_id, message_id, token, actions, updated_at) values (?, ?, 'status', ?, 1, ?, ?, ?)",
  )
  sqlite.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const id = draftId(index)
      const chat = FIRST_DRAFTER + index
      const draft = {
        requestId: id,
        startedAt: startedAt - index * 60_000,
        texts: [{ messageId: 1, text: `The tap in the kitchen drips, number ${String(index)}` }],
        files: [],
        place: { label: 'Harbour Street 1, Flat 1', unitId: null, buildingId: null },
        urgency: 'DANGER',
        picker: null,
        typingPlace: false,
      }
      person.run(
        `00000000-0000-7000-9000-${String(index).padStart(12, '0')}`,
        chat,
        'user',
        startedAt,
        'Writer',
      )
      dialogue.run(chat, JSON.stringify({ draft, question: null }), startedAt)
      card.run(`status:${id}`, chat, id, tokenOfDraft(index), '[{"do":"send"}]', startedAt)
    }
  })()
  sqlite.close()
}

const FIRST_DRAFTER = FIRST_RESIDENT + 50_000_000

function pressOf(index: number) {
  const id = FIRST_DRAFTER + index
  return {
    update_id: 0,
    callback_query: {
      id: String(index),
      from: { id, is_bot: false, first_name: 'Writer', language_code: 'en' },
      chat_instance: '1',
      message: { message_id: 1, date: 1, chat: { id, type: 'private', first_name: 'Writer' } },
      data: `${tokenOfDraft(index)}:0`,
    },
  }
}

/** A script: the time at which the frame with this card has been drawn, by the page's clock. */
function whenCardIsPainted(id: string): string {
  return `new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The card did not come')), 10000)
    const look = () => {
      if (!document.querySelector('li[data-id="${id}"]')) return
      observer.disconnect()
      clearTimeout(timer)
      requestAnimationFrame(() => {
        const after = new MessageChannel()
        after.port1.onmessage = () => resolve(performance.now())
        after.port2.postMessage(null)
      })
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true })
    look()
  })`
}

const WATCH_PUSHES = `window.dispatcher.onPush((event) => {
  if (event.type === 'cards') window.lastPushAt = performance.now()
})`

const FIRST_CARD = `document.querySelector('[data-column="IN_PROGRESS"] li[data-id]')`
const MARK_READ = `window.dispatcher.invoke('requests.markRead', { requestId: ${FIRST_CARD}.dataset.id })`

/** A script: comments on the first card in progress and waits for its new count. */
const CHANGE_CARD = `new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error('The card did not change')), 10000)
  const card = ${FIRST_CARD}
  const observer = new MutationObserver(() => {
    card.getBoundingClientRect()
    const ms = performance.now() - window.lastPushAt
    observer.disconnect()
    clearTimeout(timer)
    resolve(ms)
  })
  window.lastPushAt = Number.NaN
  observer.observe(card, { childList: true, subtree: true, characterData: true })
  window.dispatcher.invoke('requests.comment', { requestId: card.dataset.id, text: 'Seen', visibility: 'internal' })
})`
