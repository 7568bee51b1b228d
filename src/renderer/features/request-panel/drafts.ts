import type { RequestId } from '../../../shared/model/ids'
import type { Visibility } from '../../../shared/model/vocabulary'

/** What was being written, and to whom. Notes for the staff are the default: they can't go astray. */
export type Draft = { readonly text: string; readonly visibility: Visibility }

const EMPTY: Draft = { text: '', visibility: 'internal' }

const drafts = new Map<RequestId, Draft>()

/** What was being written to a request when it was last open. */
export function draftOf(id: RequestId): Draft {
  return drafts.get(id) ?? EMPTY
}

/** Keeps what is being written, for as long as the window lives. */
export function keepDraft(id: RequestId, draft: Draft): void {
  if (draft.text === '' && draft.visibility === EMPTY.visibility) drafts.delete(id)
  else drafts.set(id, draft)
}
