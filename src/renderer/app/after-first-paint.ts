import { useEffect } from 'react'
import { board } from './desk-board'
import { painted } from './painted'

function whenPainted(work: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(work)
  })
}

function afterFirstPaint(): void {
  performance.mark('board-painted')
  painted.set(true)
  void import('./going-on').then(({ goOn }) => {
    goOn()
  })
}

/** Marks the moment when the board stands, and only then starts everything else. */
export function useAfterFirstPaint(): void {
  useEffect(() => {
    if (board.phase.get() !== 'loading') {
      whenPainted(afterFirstPaint)
      return undefined
    }
    const leave = board.phase.subscribe(() => {
      leave()
      whenPainted(afterFirstPaint)
    })
    return leave
  }, [])
}
