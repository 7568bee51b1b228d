import type { RequestId } from '../../shared/model/ids'
import { Refusal } from '../../shared/model/refusal'
import { cancelOutgoing } from '../db/outbox'
import { saveRequest } from '../db/requests'
import { patchOf } from '../db/save-row'
import { placed, type Request } from '../domain/request'
import { requestOrRefused } from './commenting'
import type { Deps } from './deps'
import { managerOf } from './people'
import { redrawCards } from './telling'

/** Actions that are remembered for undoing; older ones are too late. */
const REMEMBERED = 100

type Remembered = { readonly before: Request; readonly after: Request }

/** Remembers the manager's last actions and takes them back. */
export function createUndo({ transact, now, newId }: Deps) {
  const actions = new Map<string, Remembered>()

  return {
    /** Remembers an action by its id. */
    remember: (id: string, before: Request, after: Request) => {
      actions.set(id, { before, after })
      const oldest = actions.size > REMEMBERED ? actions.keys().next().value : undefined
      if (oldest !== undefined) actions.delete(oldest)
    },

    /** Puts back what the action changed, unless somebody has changed the same since. Refuses when it is too late. */
    takeBack: (requestId: RequestId, undoId: string): Request =>
      transact((db) => {
        const action = actions.get(undoId)
        const current = requestOrRefused(db, requestId)
        if (action?.before.id !== requestId || !isUntouched(current, action))
          throw new Refusal('undo-too-late')
        const at = now()
        const changed = Object.keys(changesOf(action))
        const old = Object.fromEntries(changed.map((key) => [key, action.before[key as keyof Request]]))
        const after = placed({ ...current, ...old, updatedAt: at, version: current.version + 1 })
        saveRequest(db, current, after, { actor: managerOf(db).id, at })
        cancelOutgoing(db, requestId, undoId, at)
        redrawCards(db, after, { name: newId(), at })
        actions.delete(undoId)
        return after
      }),
  }
}

/** What the action itself changed: bookkeeping columns change with everything and don't count. */
function changesOf({ before, after }: Remembered): Readonly<Record<string, unknown>> {
  const { version: _version, updatedAt: _updatedAt, ...rest } = patchOf(before, after) ?? {}
  return rest
}

function isUntouched(current: Request, action: Remembered): boolean {
  return Object.keys(changesOf(action)).every((key) => {
    const column = key as keyof Request
    return current[column] === action.after[column]
  })
}
