import type { BoardStatus } from '../../../shared/model/vocabulary'
import classes from './column.module.css'

const CARDS: Readonly<Record<BoardStatus, readonly number[]>> = {
  OPEN: [88, 70, 82],
  ASSIGNED: [76, 92],
  IN_PROGRESS: [84, 64],
  ON_HOLD: [72],
  RESOLVED: [80, 68],
}

/** Grey bars in place of cards; the style sheet shows them after 300 ms only. */
export function SkeletonCards({ column }: { column: BoardStatus }) {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {CARDS[column].map((width) => (
        <div key={width}>
          <i style={{ width: '46%' }} />
          <i style={{ width: `${String(width)}%` }} />
          <i style={{ width: '62%' }} />
        </div>
      ))}
    </div>
  )
}
