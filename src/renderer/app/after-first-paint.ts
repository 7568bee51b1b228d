import { useEffect } from 'react'
import { board } from './desk-board'
import { painted } from './painted'

/** The rest starts at the latest this long after the board was painted, in ms. */
const LATEST = 150

function whenPainted(work: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(work)
  })
}

function afterFirstPaint(): void {
  performance.mark('board-painted')
  // The frame is still on its way to the screen: what follows must not hold it up.
  requestIdleCallback(goOn, { timeout: LATEST })
}

function goOn(): void {
  painted.set(true)
  void import('./going-on').then((file) => {
    file.goOn()
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
