import type { RequestId } from '../../shared/model/ids'
import type { BoardStatus } from '../../shared/model/vocabulary'
import { BoardFocus } from '../features/board/board-focus'
import { BoardStore } from '../features/board/board-store'
import { client } from '../lib/client'

/** Cards in one page of a column. */
const PAGE = 100

/** The board of this window. */
export const board = new BoardStore()

/** The keyboard's place on it. */
export const boardFocus = new BoardFocus(board)

/** Fills the board from a call that is under way. */
export async function fillBoard(call: ReturnType<typeof client.board.open>): Promise<void> {
  board.expect()
  try {
    board.open(await call)
  } catch (error) {
    board.giveUp()
    if (board.phase.get() !== 'ready') board.phase.set('failed')
    throw error
  }
}

/** Reads the board again, for when pushes may have been missed. */
export function refillBoard(): void {
  if (board.phase.get() === 'failed') board.phase.set('loading')
  // A failure shows as the board's own state, or leaves what was there.
  fillBoard(client.board.open()).catch(() => undefined)
}

const paging = new Set<BoardStatus>()

async function loadPage(status: BoardStatus): Promise<void> {
  const { end } = board.column(status)
  if (end === null || paging.has(status)) return
  paging.add(status)
  board.expect()
  try {
    // Safe: the end of a column is the place of a card.
    const after = { boardOrder: end.order, id: end.id as RequestId }
    board.addPage(await client.board.page({ status, after, limit: PAGE }))
  } catch {
    // Scrolling on asks again.
    board.giveUp()
  } finally {
    paging.delete(status)
  }
}

/** Loads the next page of a column, unless it is on its way. */
export function loadMore(status: BoardStatus): void {
  void loadPage(status)
}
