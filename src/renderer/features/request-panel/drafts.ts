import { z } from 'zod'
import type { RequestId } from '../../../shared/model/ids'
import { Visibility } from '../../../shared/model/vocabulary'

const Draft = z.object({ text: z.string(), visibility: Visibility })
/** What was being written, and to whom. Notes for the staff are the default: they can't go astray. */
export type Draft = z.infer<typeof Draft>

const EMPTY: Draft = { text: '', visibility: 'internal' }

// The session's storage outlives a page that crashes or is loaded again, and ends with the window.
const keyOf = (id: RequestId) => `draft ${id}`

/** What was being written to a request when it was last open. */
export function draftOf(id: RequestId): Draft {
  const kept = sessionStorage.getItem(keyOf(id))
  if (kept === null) return EMPTY
  const draft = Draft.safeParse(JSON.parse(kept))
  return draft.success ? draft.data : EMPTY
}

/** Keeps what is being written, for as long as the window lives. */
export function keepDraft(id: RequestId, draft: Draft): void {
  if (draft.text === '' && draft.visibility === EMPTY.visibility) sessionStorage.removeItem(keyOf(id))
  else sessionStorage.setItem(keyOf(id), JSON.stringify(draft))
}
