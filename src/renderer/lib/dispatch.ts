import { createContext, useContext } from 'react'
import { must } from '../../shared/model/refusal'
import type { RequestCard } from '../../shared/model/request'
import type { BoardStatus } from '../../shared/model/vocabulary'
import type { Command, Question } from './commands'

/** How the board and the panel get things done; the window provides it. */
export type Dispatch = {
  /** Carries out a command: shown at once, undone with a toast's button, put back when refused. */
  readonly run: (card: RequestCard, command: Command) => void
  /** Asks the person what the command still needs. */
  readonly ask: (card: RequestCard, question: Question) => void
  /** Moves a card to a column, by a command or a question; says why when it can't go there. */
  readonly move: (card: RequestCard, column: BoardStatus) => void
}

/** Carries the window's `Dispatch` to the components. */
export const DispatchContext = createContext<Dispatch | null>(null)

/** The window's way to get things done. */
export function useDispatch(): Dispatch {
  return must(useContext(DispatchContext), 'DispatchContext')
}
