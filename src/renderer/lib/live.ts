import './zod-without-eval'
import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import { PushEvent, type Topic } from '../../shared/ipc/contract'
import type { BotState } from '../../shared/model/bot-state'
import type { RequestId } from '../../shared/model/ids'
import { assertNever } from '../../shared/model/refusal'
import type { PushInbox } from './push'
import type { RestoreState } from './restore'

/** New lines of the log. */
export type LogNews = Extract<PushEvent, { type: 'log' }>
type Cards = Extract<PushEvent, { type: 'cards' }>

/** Who is told what. */
export type LiveListeners = {
  readonly queryClient: QueryClient
  readonly onCards: (event: Cards) => void
  readonly onBot: (state: BotState) => void
  readonly onAppStale: () => void
  readonly onAttentionStale: () => void
  readonly onLog: (event: LogNews) => void
  readonly onAlertsStale: () => void
  /** Somebody has asked for that screen from outside the window. */
  readonly onShowHealth: () => void
  readonly onRestore: (state: RestoreState) => void
  /** Requests changed in a way that no card tells: too many, or some are gone. */
  readonly onBoardStale: () => void
}

/** Reads every push and hands it on; gives back the way to stop. */
export function startLive(inbox: PushInbox, listeners: LiveListeners): () => void {
  return inbox.attach((event) => {
    const push = PushEvent.safeParse(event)
    if (push.success) handle(push.data, listeners)
  })
}

function handle(event: PushEvent, listeners: LiveListeners): void {
  const { queryClient } = listeners
  switch (event.type) {
    case 'cards':
      listeners.onCards(event)
      markStale(queryClient, ['requests'], new Set(event.cards.map(({ id }) => id)))
      return
    case 'changed':
      if (event.topics.includes('app')) listeners.onAppStale()
      if (event.topics.includes('attention')) listeners.onAttentionStale()
      if (event.topics.includes('alerts')) listeners.onAlertsStale()
      if (event.topics.includes('requests')) listeners.onBoardStale()
      markStale(queryClient, event.topics, event.requestIds === null ? null : new Set(event.requestIds))
      return
    case 'bot':
      listeners.onBot(event.state)
      return
    case 'show-health':
      listeners.onShowHealth()
      return
    case 'upgrade':
      // Shown before anything else is: see app/upgrade-news.ts.
      return
    case 'restore':
      listeners.onRestore({ kind: 'going', progress: event.progress })
      return
    case 'restore-failed':
      listeners.onRestore({ kind: 'failed', code: event.code })
      return
    case 'phone':
      void readAnew(queryClient, { queryKey: ['phone', event.telegramId] })
      return
    case 'log':
      listeners.onLog(event)
      return
    case 'rescuing':
      // Only the trouble screen shows it, which has no board and listens for itself.
      return
    default:
      assertNever(event)
  }
}

/** Marks what was read about these topics as stale; the details of other requests than those named stay fresh. */
function markStale(
  queryClient: QueryClient,
  topics: readonly Topic[],
  requestIds: ReadonlySet<RequestId> | null,
): void {
  for (const topic of topics) {
    void readAnew(queryClient, {
      queryKey: [topic],
      predicate: ({ queryKey: [, kind, id] }) =>
        requestIds === null || kind !== 'details' || requestIds.has(id as RequestId),
    })
  }
}

/**
 * Reads again what somebody looks at. An answer that was asked for before the change is let go first: a query's
 * very first answer would otherwise pass for fresh, because invalidating does not start it again.
 */
async function readAnew(queryClient: QueryClient, filters: QueryFilters): Promise<void> {
  await queryClient.cancelQueries(filters, { revert: true, silent: true })
  await queryClient.invalidateQueries(filters)
}
