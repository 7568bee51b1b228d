import { openOfficeDatabase } from '../src/main/office'
import { countsOf, openBoard } from '../src/main/ipc/views/cards'
import { timed } from './clock'
import { archiveOf, folderOf, type Store } from './data-set'
import { measureRounds, type Row } from './row'

const BOARDS = 60
const COUNTS = 600

/** P9: what a window asks for when it opens, with a large archive and a small one behind the same board. */
export async function benchBoardQuery(store: Store, rounds: number, large: number): Promise<Row[]> {
  const few = open(1000)
  const many = open(large)
  const boards = {
    many: () => perCall(BOARDS, () => openBoard(many.read)),
    few: () => perCall(BOARDS, () => openBoard(few.read)),
  }
  const counts = {
    many: () => perCall(COUNTS, () => countsOf(many.read)),
    few: () => perCall(COUNTS, () => countsOf(few.read)),
  }
  try {
    await measureRounds(2, boards)
    const board = await measureRounds(rounds, boards)
    await measureRounds(2, counts)
    const count = await measureRounds(rounds, counts)
    const size = large.toLocaleString('en-GB')
    const common = { id: 'P9', baselineName: 'with 1,000', unit: 'µs' } as const
    return [
      {
        ...common,
        name: `board query, ${size} requests`,
        ours: board.many,
        baseline: board.few,
        goal: { atMost: 1.25 },
      },
      {
        ...common,
        name: `counters, ${size} requests`,
        ours: count.many,
        baseline: count.few,
        goal: { atMost: 1.1 },
      },
    ]
  } finally {
    few.close()
    many.close()
  }

  function open(requests: number) {
    const folder = folderOf(archiveOf(requests), store)
    return openOfficeDatabase({
      folder,
      appVersion: '0.0.0',
      migrationsFolder: store.migrations,
      now: Date.now,
    })
  }
}

function perCall(calls: number, work: () => unknown): number {
  const ms = timed(() => {
    for (let call = 0; call < calls; call += 1) work()
  })
  return (ms * 1000) / calls
}
