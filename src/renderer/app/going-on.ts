import { appState } from '../lib/app-state'
import { startLive } from '../lib/live'
import { onWake } from '../lib/now'
import { queryClient } from '../lib/query'
import type { BotState } from '../../shared/model/bot-state'
import { board, refillBoard } from './desk-board'
import { opening } from './opening'
import { prefetch } from './screens'

/** Hidden for longer than this, the window asks again instead of trusting that it heard everything. */
const LONG_HIDDEN = 60_000

function refreshAll(): void {
  refillBoard()
  void queryClient.invalidateQueries()
  // What fails here stays as it was; the next push or wake asks again.
  appState.refresh().catch(() => undefined)
}

function takeBot(state: BotState): void {
  const before = appState.get().bot.kind
  appState.setBot(state)
  if (before === 'offline' && state.kind === 'receiving') void queryClient.invalidateQueries()
}

function refreshAfterHiding(): void {
  let hiddenAt = 0
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (Date.now() - hiddenAt > LONG_HIDDEN) refreshAll()
  })
}

/** What the window does once the board stands: listens for changes and fetches what will be needed next. */
export function goOn(): void {
  startLive(opening.pushes, {
    queryClient,
    onCards: ({ cards, counts }) => {
      board.apply(cards, counts)
    },
    onBot: takeBot,
    onAppStale: () => {
      appState.refresh().catch(() => undefined)
    },
    onBoardStale: refillBoard,
  })
  onWake(refreshAll)
  refreshAfterHiding()
  requestIdleCallback(() => void prefetch())
}
