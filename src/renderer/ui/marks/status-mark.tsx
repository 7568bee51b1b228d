import { memo, type ReactNode } from 'react'
import type { Status } from '../../../shared/model/vocabulary'
import { classNames } from '../class-names'
import classes from './marks.module.css'

function pane(inside: ReactNode, dashes?: string): ReactNode {
  return (
    <>
      <rect
        x="1.5"
        y="1.5"
        width="11"
        height="11"
        rx="2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={dashes}
      />
      {inside}
    </>
  )
}

const crossed = pane(
  <path d="M4.9 4.9l4.2 4.2M9.1 4.9 4.9 9.1" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
)

const ticked = (
  <>
    <rect x="0.75" y="0.75" width="12.5" height="12.5" rx="3" fill="currentColor" />
    <path
      d="M4 7.2l2.2 2.2L10.2 5"
      fill="none"
      stroke="var(--surface-card)"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </>
)

const WINDOWS: Readonly<Record<Status, ReactNode>> = {
  OPEN: pane(null, '2.2 1.7'),
  ASSIGNED: pane(<rect x="3.6" y="8.2" width="6.8" height="2.2" rx=".6" fill="currentColor" />),
  IN_PROGRESS: pane(<path d="M3.6 5.6h6.8v4.2a.6.6 0 0 1-.6.6H4.2a.6.6 0 0 1-.6-.6z" fill="currentColor" />),
  ON_HOLD: pane(
    <path d="M5.3 4.6v4.8M8.7 4.6v4.8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />,
  ),
  RESOLVED: ticked,
  CLOSED: ticked,
  DUPLICATE: crossed,
  DECLINED: crossed,
  CANCELLED: crossed,
}

const COLOURS = {
  OPEN: 'new',
  ASSIGNED: 'active',
  IN_PROGRESS: 'active',
  ON_HOLD: 'quiet',
  RESOLVED: 'resolved',
  CLOSED: 'quiet',
  DUPLICATE: 'quiet',
  DECLINED: 'quiet',
  CANCELLED: 'quiet',
} as const

/** A status as a window: empty, filling, lit, done. Its word always stands beside it. */
export const StatusMark = memo(function StatusMark({ status }: { status: Status }) {
  return (
    <svg
      className={classNames(classes.mark, classes[COLOURS[status]])}
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      {WINDOWS[status]}
    </svg>
  )
})
