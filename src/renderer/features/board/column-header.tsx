import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { useStore } from '../../lib/use-store'
import { StatusMark } from '../../ui/marks/status-mark'
import type { BoardStore } from './board-store'
import classes from './column.module.css'
import { readFact } from './column-fact'

type Props = {
  readonly store: BoardStore
  readonly status: BoardStatus
  /** Rises when the facts change. */
  readonly version: number
  readonly isReady: boolean
}

/** Mark, name, count, and one fact at the right. */
export function ColumnHeader({ store, status, isReady }: Props) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  const counts = useStore(store.counts)
  const fact = isReady ? readFact(status, store.column(status), now, language, t) : null
  return (
    <div className={classes.header}>
      <StatusMark status={status} />
      <h2>{t(`status.${status}`)}</h2>
      {isReady ? <span className={classes.count}>{counts[status]}</span> : null}
      {fact ? (
        <span className={fact.tone === 'late' ? classes.late : classes.calm} title={fact.text}>
          {fact.text}
        </span>
      ) : null}
    </div>
  )
}
