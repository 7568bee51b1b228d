import { useEffect, useRef } from 'react'
import type { RequestDetails } from '../../../shared/model/request'
import { useText } from '../../lib/texts'
import { EventLine } from './event-line'
import { Message } from './message'
import classes from './thread.module.css'

/** How far from the end somebody may have scrolled and still wants to see what is new, in px. */
const NEAR_END = 60

/** What happened and what was said, in one thread, the latest in sight. */
export function Thread({ details }: { details: RequestDetails }) {
  const t = useText()
  const log = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const last = details.thread.at(-1)?.id
  useEffect(() => {
    if (isAtEnd.current && last !== undefined) log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [last])
  return (
    <div
      ref={log}
      className={classes.thread}
      role="log"
      aria-label={t('panel.thread')}
      // A scrolled region must be within reach of the keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END
      }}
    >
      {details.thread.map((entry) =>
        entry.type === 'event' ? (
          <EventLine key={entry.id} event={entry} />
        ) : (
          <Message key={entry.id} comment={entry} details={details} />
        ),
      )}
    </div>
  )
}
