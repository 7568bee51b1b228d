import type { BoardStatus } from '../../../shared/model/vocabulary'
import { useText } from '../../lib/texts'
import { useStore } from '../../lib/use-store'
import { StatusMark } from '../../ui/marks/status-mark'
import type { BoardStore } from './board-store'
import classes from './column.module.css'

/** A column as a narrow strip with its name and count: opens when pressed, and takes cards that are dropped on it. */
export function FoldedColumn({
  store,
  status,
  onUnfold,
}: {
  store: BoardStore
  status: BoardStatus
  onUnfold: () => void
}) {
  const t = useText()
  const counts = useStore(store.counts)
  const name = t(`status.${status}`)
  return (
    <div className={classes.column} data-column={status}>
      <button
        type="button"
        className={classes.folded}
        aria-expanded={false}
        title={t('column.open')}
        onClick={onUnfold}
      >
        <StatusMark status={status} />
        <span className={classes.name}>{name}</span> <span className={classes.count}>{counts[status]}</span>
      </button>
    </div>
  )
}
