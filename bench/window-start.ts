import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sleep, PAGE_CLOCK_OFFSET } from './clock'
import { archiveOf, folderOf, type Store } from './data-set'
import { type Program, startProgram } from './electron-program'
import { measureRounds, type Row } from './row'
import { tokenOf } from './bot-server-process'

/** From here on the memory is read: what follows the first paint has been loaded. */
const SETTLED_MS = 3000
const LONGEST_START_MS = 30_000

/** Where the programs are and what they show themselves on. */
export type Windows = {
  readonly root: string
  /** Path of Electron. */
  readonly electron: string
  readonly displays: readonly string[]
}

type Start = { readonly painted: number; readonly memory: number }

/** P1, P2, P3: a warm start to the painted board and its memory, against a blank window. */
export async function benchWindowStart(
  store: Store,
  copies: string,
  windows: Windows,
  rounds: number,
): Promise<Row[]> {
  const starts = {
    blank: blankWindow(windows, copies),
    few: desk(windows, folderOf(archiveOf(1000), store)),
    many: desk(windows, folderOf(archiveOf(1_000_000), store)),
  }
  const memory = { blank: [] as number[], few: [] as number[], many: [] as number[] }
  const contender = (name: keyof typeof starts) => async () => {
    const start = await starts[name]()
    memory[name].push(start.memory)
    return start.painted
  }
  const contenders = { blank: contender('blank'), few: contender('few'), many: contender('many') }
  // Once for the caches of Chromium and of the system.
  await measureRounds(1, contenders)
  for (const name of ['blank', 'few', 'many'] as const) memory[name].length = 0
  const { blank, few, many } = await measureRounds(rounds, contenders)
  const first = {
    baselineName: 'blank window, first paint',
    unit: 'ms',
    baseline: blank,
    goal: { atMost: 1.25 },
  } as const
  return [
    { id: 'P1', name: 'warm start to a painted board, 1,000', ...first, ours: few, note: NOTE },
    { id: 'P1', name: 'warm start to a painted board, 1,000,000', ...first, ours: many },
    {
      id: 'P2',
      name: 'warm start, 1,000,000 requests',
      baselineName: 'with 1,000',
      unit: 'ms',
      ours: many,
      baseline: few,
      goal: { atMost: 1.05 },
    },
    {
      id: 'P3',
      name: 'memory of all processes, board shown',
      baselineName: 'blank window',
      unit: 'MB',
      ours: memory.many,
      baseline: memory.blank,
      goal: { atMost: 1.25 },
      note: 'Proportional set size, three seconds after the start, with 1,000,000 requests and the bot running.',
    },
  ]
}

const NOTE =
  'From starting the process to the mark `board-painted`, which the window sets in the frame after the one that ' +
  'shows the board (120 cards on it); the blank window is measured to its first paint. Both run with the same ' +
  'flags and with a debugging port, which is opened only after everything has been painted. The program has ' +
  'a token and a Bot API server that cannot be reached.'

function desk({ root, electron, displays }: Windows, folder: string): () => Promise<Start> {
  const env = {
    DISPATCHER_DATA_DIR: folder,
    TELEGRAM_BOT_TOKEN: tokenOf(1_000_000),
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  }
  // The mark may come before the frame that it follows is on the screen: the later of the two counts.
  const painted =
    `performance.getEntriesByName('board-painted').map(({ startTime }) => ` +
    `Math.max(startTime, performance.getEntriesByName('first-paint')[0]?.startTime ?? 0))[0]`
  return () => measured(startProgram({ electron, folder: root, display: displays[0] ?? '', env }), painted)
}

function blankWindow({ root, electron, displays }: Windows, copies: string): () => Promise<Start> {
  const folder = join(copies, 'blank')
  mkdirSync(folder, { recursive: true })
  const painted = `performance.getEntriesByName('first-paint')[0]?.startTime`
  const wish = {
    electron,
    folder: join(root, 'bench/blank'),
    display: displays[0] ?? '',
    env: { BENCH_FOLDER: folder },
  }
  return () => measured(startProgram(wish), painted)
}

async function measured(program: Program, expression: string): Promise<Start> {
  try {
    // Nothing is asked before it is over: asking would take its time.
    await sleep(SETTLED_MS)
    const memory = program.memory()
    const page = await program.page()
    let painted: number | null = null
    for (let waited = 0; painted === null && waited < LONGEST_START_MS; waited += 250) {
      painted = await page.evaluate<number | null>(`${expression} ?? null`)
      if (painted === null) await sleep(250)
    }
    if (painted === null) throw new Error('The window was not painted')
    const offset = await page.evaluate<number>(PAGE_CLOCK_OFFSET)
    page.close()
    return { painted: offset + painted - program.startedAt, memory }
  } finally {
    await program.stop()
  }
}
