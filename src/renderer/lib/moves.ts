import type { RequestCard } from '../../shared/model/request'
import type { BoardStatus } from '../../shared/model/vocabulary'
import type { Command, Question } from './commands'

/** What moving a card to a column takes: a command that is complete, or a question first. */
export type Move =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'ask'; readonly question: Question }

const run = (command: Command): Move => ({ kind: 'run', command })
const ask = (question: Question): Move => ({ kind: 'ask', question })

const INTO: Readonly<Record<BoardStatus, (card: RequestCard) => Move | null>> = {
  OPEN: ({ status }) => run({ kind: status === 'RESOLVED' ? 'reopen' : 'unassign' }),
  ASSIGNED: ({ assignee }) => (assignee ? run({ kind: 'assign', technician: assignee }) : ask('technician')),
  IN_PROGRESS: ({ assignee }) => (assignee ? run({ kind: 'start' }) : ask('technicianToStart')),
  ON_HOLD: ({ status }) => (status === 'OPEN' ? null : ask('hold')),
  RESOLVED: () => ask('resolve'),
}

/** What moving a card to a column takes; null when it can't go there. Main has the last word. */
export function moveTo(card: RequestCard, column: BoardStatus): Move | null {
  if (card.status === column) return null
  // What is resolved can only be opened again.
  if (card.status === 'RESOLVED' && column !== 'OPEN') return null
  return INTO[column](card)
}
