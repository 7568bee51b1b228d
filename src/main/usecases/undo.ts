import type { RequestId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import { cancelOutgoing } from '../db/outbox'
import { saveRequest } from '../db/requests'
import { patchOf } from '../db/save-row'
import { placed, type Request } from '../domain/request'
import { requestOrRefused } from './commenting'
import type { Deps } from './deps'
import { managerIdOf } from './people'
import { redrawCards, redrawJob } from './telling'

/** Actions that are remembered for undoing; older ones are too late. */
const REMEMBERED = 100

type Remembered = {
  readonly before: Request
  readonly after: Request
  /** When the held messages go out, in UTC ms: from then on people have been told. */
  readonly until: number
}

/** Columns that together say where a request stands: who changes one of them has built on all of them. */
const COURSE = [
  'status',
  'assignedTo',
  'takenAt',
  'startedAt',
  'holdReason',
  'holdUntil',
  'holdRemainingMs',
  'completedAt',
  'endedAt',
  'endedReason',
  'reopenedCount',
] as const satisfies readonly (keyof Request)[]

/** Remembers the manager's last actions and takes them back. */
export function createUndo({ transact, now, newId }: Deps) {
  const actions = new Map<string, Remembered>()

  return {
    /** Remembers an action by its id. */
    remember: (id: string, action: Remembered) => {
      actions.set(id, action)
      const oldest = actions.size > REMEMBERED ? actions.keys().next().value : undefined
      if (oldest !== undefined) actions.delete(oldest)
    },

    /**
     * Puts back what the action changed. Refuses when its messages have gone out, or when somebody has changed
     * the same since.
     */
    takeBack: (requestId: RequestId, undoId: string): Request =>
      transact((db) => {
        const at = now()
        const action = actions.get(undoId)
        const current = requestOrRefused(db, requestId)
        if (action?.before.id !== requestId || at >= action.until || !isUntouched(current, action))
          throw new Refusal('undo-too-late')
        const old = Object.fromEntries(changesOf(action).map((key) => [key, action.before[key]]))
        const after = placed({ ...current, ...old, updatedAt: at, version: current.version + 1 })
        saveRequest(db, current, after, { actor: managerIdOf(db), at })
        cancelOutgoing(db, requestId, undoId, at)
        const cause = { name: newId(), at }
        redrawCards(db, after, cause)
        // Something else may have had the card drawn already for whom the job is no longer.
        const former = current.assignedTo
        if (former !== null && former !== after.assignedTo) redrawJob(db, after, former, cause)
        actions.delete(undoId)
        return after
      }),
  }
}

/** What the action itself changed: bookkeeping, and what follows from the rest, changes with everything. */
function changesOf({ before, after }: Remembered): (keyof Request)[] {
  const {
    version: _version,
    updatedAt: _updatedAt,
    boardOrder: _order,
    ...rest
  } = patchOf(before, after) ?? {}
  // A patch has the keys of its row.
  return Object.keys(rest) as (keyof Request)[]
}

function isUntouched(current: Request, action: Remembered): boolean {
  const changed = changesOf(action)
  const isCourse = COURSE.some((key) => changed.includes(key))
  return [...changed, ...(isCourse ? COURSE : [])].every((key) => current[key] === action.after[key])
}
