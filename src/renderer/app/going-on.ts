import type { BotState } from '../../shared/model/bot-state'
import { readAlerts } from '../lib/alerts'
import { appState } from '../lib/app-state'
import { startLive } from '../lib/live'
import { client } from '../lib/client'
import { takeLogNews } from '../lib/log-news'
import { onWake } from '../lib/now'
import { queryClient } from '../lib/query'
import { goTo } from '../lib/routes'
import { restoring } from '../lib/restore'
import { countAttention } from './attention-count'
import { board, refillBoard } from './desk-board'
import { opening } from '../lib/first-calls'
import { inUse } from './painted'
import { prefetch } from './screens'

/** Hidden for longer than this, the window asks again instead of trusting that it heard everything. */
const LONG_HIDDEN = 60_000

const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

function refreshSmall(): void {
  // What fails here stays as it was; the next push or wake asks again.
  appState.refresh().catch(() => undefined)
  countAttention().catch(() => undefined)
  readAlerts().catch(() => undefined)
}

function refreshAll(): void {
  refillBoard()
  void queryClient.invalidateQueries()
  refreshSmall()
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

/** Dialogs, menus and panels are fetched when somebody comes to the window, before they are asked for. */
function prepareAtFirstTouch(): void {
  const stop = new AbortController()
  const prepare = () => {
    stop.abort()
    inUse.set(true)
    requestIdleCallback(() => void prefetch())
  }
  for (const touch of TOUCHES) window.addEventListener(touch, prepare, { signal: stop.signal, passive: true })
}

/** What the window does once the board stands: listens for changes, and waits for people. */
export function goOn(): void {
  client.window.standing().catch(() => undefined)
  startLive(opening.pushes, {
    queryClient,
    onCards: ({ cards, counts }) => {
      board.apply(cards, counts)
    },
    onBot: takeBot,
    onAppStale: () => {
      appState.refresh().catch(() => undefined)
    },
    onAttentionStale: () => {
      countAttention().catch(() => undefined)
    },
    onLog: takeLogNews,
    onAlertsStale: () => {
      readAlerts().catch(() => undefined)
    },
    onShowHealth: () => {
      goTo('health')
    },
    onRestore: restoring.set,
    onBoardStale: refillBoard,
  })
  onWake(refreshAll)
  refreshAfterHiding()
  prepareAtFirstTouch()
  refreshSmall()
}
