import { memo } from 'react'
import type { Priority } from '../../../shared/model/vocabulary'
import { classNames } from '../class-names'
import classes from './marks.module.css'

const SHAPES = {
  URGENT: (
    <>
      <path d="M4.5.6h5L13.4 4.5v5L9.5 13.4h-5L.6 9.5v-5z" fill="currentColor" />
      <path d="M7 3.4v4.4" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="7" cy="10.3" r="1.05" fill="#fff" />
    </>
  ),
  HIGH: <path d="M7 1.2 13.2 12.4H.8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />,
  MEDIUM: <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  LOW: <path d="M2.8 7h8.4" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
} as const

const COLOURS = { URGENT: 'urgent', HIGH: 'high', MEDIUM: 'quiet', LOW: 'quiet' } as const

/** A priority as a road sign: stop, warning, plain, quiet. Without a label it stands beside its word. */
export const PriorityMark = memo(function PriorityMark({
  priority,
  label,
}: {
  priority: Priority
  label?: string
}) {
  const className = classNames(classes.mark, classes[COLOURS[priority]])
  return label === undefined ? (
    <svg className={className} viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[priority]}
    </svg>
  ) : (
    <svg className={className} viewBox="0 0 14 14" role="img" aria-label={label}>
      {SHAPES[priority]}
    </svg>
  )
})
