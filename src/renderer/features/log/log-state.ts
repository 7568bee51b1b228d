import type { LogCursor, LogLine, LogPage } from '../../../shared/model/log-line'

/** What the log screen holds: some lines in one piece, and what has come since they stand still. */
export type LogState = {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  /** The oldest first. */
  readonly lines: readonly LogLine[]
  /** Number of the first line; those after it count on from there, so a line keeps its number. */
  readonly first: number
  /** Where older lines are; null when there are none. */
  readonly before: LogCursor | null
  /** Whether old lines were let go, so that the piece can't be made longer at its beginning. */
  readonly isTrimmed: boolean
  readonly isLoadingOlder: boolean
  readonly isFollowing: boolean
  /** What came while nobody followed. */
  readonly waiting: readonly LogLine[]
  /** Lines that came too fast to be shown. */
  readonly missed: number
}

/** What happens to the log screen. */
export type LogStep =
  | { readonly do: 'opening' }
  | { readonly do: 'opened'; readonly page: LogPage }
  | { readonly do: 'failed'; readonly error: unknown }
  | { readonly do: 'news'; readonly lines: readonly LogLine[]; readonly skipped: number }
  | { readonly do: 'loading-older' }
  | { readonly do: 'older'; readonly page: LogPage }
  | { readonly do: 'pause' }
  | { readonly do: 'follow' }

/** Lines that are held at most: the memory of a screen that is left open for a week. */
export const MOST_LINES = 5000
/** Lines that wait at most while nobody follows. */
export const MOST_WAITING = 1000

/** Before anything has been read. */
export const NOTHING_YET: LogState = {
  status: 'loading',
  error: null,
  lines: [],
  first: 0,
  before: null,
  isTrimmed: false,
  isLoadingOlder: false,
  isFollowing: true,
  waiting: [],
  missed: 0,
}

/** The next state of the log screen. */
export function nextLogState(state: LogState, step: LogStep): LogState {
  switch (step.do) {
    case 'opening':
      return NOTHING_YET
    case 'opened':
      return { ...NOTHING_YET, status: 'ready', lines: step.page.lines, before: step.page.before }
    case 'failed':
      return {
        ...state,
        status: state.status === 'ready' ? 'ready' : 'failed',
        error: step.error,
        isLoadingOlder: false,
      }
    case 'news':
      return withNews({ ...state, missed: state.missed + step.skipped }, step.lines)
    case 'loading-older':
      return { ...state, isLoadingOlder: true, error: null }
    case 'older':
      return withOlder(state, step.page)
    case 'pause':
      return { ...state, isFollowing: false }
    case 'follow':
      return withNews({ ...state, isFollowing: true, waiting: [] }, state.waiting)
  }
}

function withNews(state: LogState, news: readonly LogLine[]): LogState {
  if (!state.isFollowing) {
    const waiting = [...state.waiting, ...news]
    const over = Math.max(0, waiting.length - MOST_WAITING)
    return { ...state, waiting: waiting.slice(over), missed: state.missed + over }
  }
  const lines = [...state.lines, ...news]
  const over = Math.max(0, lines.length - MOST_LINES)
  if (over === 0) return { ...state, lines }
  return { ...state, lines: lines.slice(over), first: state.first + over, before: null, isTrimmed: true }
}

function withOlder(state: LogState, page: LogPage): LogState {
  // Whoever reads back that far does not look at the newest.
  const isFull = state.lines.length + page.lines.length >= 2 * MOST_LINES
  return {
    ...state,
    lines: [...page.lines, ...state.lines],
    first: state.first - page.lines.length,
    before: isFull ? null : page.before,
    isTrimmed: isFull && page.before !== null,
    isLoadingOlder: false,
  }
}
