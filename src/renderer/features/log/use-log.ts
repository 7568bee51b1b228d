import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { LogFilter } from '../../../shared/model/log-line'
import { client } from '../../lib/client'
import type { LogNews } from '../../lib/live'
import { onLogNews } from '../../lib/log-news'
import { type LogStep, nextLogState, NOTHING_YET } from './log-state'

/** Lines of one answer. */
const PAGE = 300

/** The lines of the log that fit the filter: the newest at once, new ones as they come, older ones when asked for. */
export function useLog(filter: LogFilter) {
  const [state, step] = useReducer(nextLogState, NOTHING_YET)
  const [round, setRound] = useState(0)
  useEffect(() => follow(filter, step), [filter, round])
  useEffect(
    () => () => {
      client.log.close().catch(() => undefined)
    },
    [],
  )
  const { before, isLoadingOlder } = state
  // Pages of another filter must not come into this one.
  const present = useRef(filter)
  useEffect(() => {
    present.current = filter
  }, [filter])
  const loadOlder = useCallback(() => {
    if (before === null || isLoadingOlder) return
    step({ do: 'loading-older' })
    client.log.older({ filter, before, limit: PAGE }).then(
      (page) => {
        if (present.current === filter) step({ do: 'older', page })
      },
      (error: unknown) => {
        step({ do: 'failed', error })
      },
    )
  }, [filter, before, isLoadingOlder])
  return {
    ...state,
    loadOlder,
    pause: useCallback(() => {
      step({ do: 'pause' })
    }, []),
    goOn: useCallback(() => {
      step({ do: 'follow' })
    }, []),
    /** Reads the newest lines anew. */
    startAgain: useCallback(() => {
      setRound((count) => count + 1)
    }, []),
  }
}

/** What the hook gives. */
export type Log = ReturnType<typeof useLog>

function follow(filter: LogFilter, step: (next: LogStep) => void): () => void {
  let tail: number | null = null
  let isOver = false
  // New lines may arrive before the answer that tells which following they belong to.
  const early: LogNews[] = []
  const take = ({ tail: of, lines, skipped }: LogNews) => {
    if (of === tail) step({ do: 'news', lines, skipped })
  }
  const unlisten = onLogNews((news) => {
    if (tail === null) early.push(news)
    else take(news)
  })
  step({ do: 'opening' })
  client.log.open({ filter, limit: PAGE }).then(
    (opened) => {
      if (isOver) return
      tail = opened.tail
      step({ do: 'opened', page: opened.page })
      early.forEach(take)
    },
    (error: unknown) => {
      if (!isOver) step({ do: 'failed', error })
    },
  )
  return () => {
    isOver = true
    unlisten()
  }
}
