import type { BackupErrorCode, RestoreProgress } from '../../shared/model/backups'
import { createStore } from './store'

/** How a restore goes that this window has asked for. */
export type RestoreState =
  | { readonly kind: 'none' }
  | { readonly kind: 'going'; readonly progress: RestoreProgress }
  | { readonly kind: 'failed'; readonly code: BackupErrorCode }

/** The restore that is going on; when it has succeeded the window loads anew. */
export const restoring = createStore<RestoreState>({ kind: 'none' })
