import { type Download, findFilesOfContent, saveDownload, settleFile } from '../db/files'
import { findRequest, saveRequest } from '../db/requests'
import { recount } from '../domain/request'
import type { Deps } from './deps'

/** A file that could not be fetched is tried again for this long, in ms: 24 hours. */
const GIVE_UP_MS = 24 * 3_600_000
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 10 * 60_000

/** What became of one try to fetch a file. */
export type FetchOutcome =
  | { readonly kind: 'stored'; readonly sha256: string }
  | { readonly kind: 'too-big' }
  | { readonly kind: 'gone'; readonly error: string }
  | { readonly kind: 'later'; readonly error: string }

/** How fetched files get into their requests. */
export type Fetching = ReturnType<typeof createFetching>

/** Creates the use cases about fetching files from Telegram. */
export function createFetching({ transact, now }: Deps) {
  return {
    /** Writes what became of a try: to the download, and to every file with that content. */
    settle: (download: Download, outcome: FetchOutcome) => {
      transact((db) => {
        const at = now()
        const next = after(download, outcome, at)
        saveDownload(db, next)
        if (next.state === 'waiting') return
        for (const file of findFilesOfContent(db, download.uniqueId)) {
          settleFile(db, file, { state: next.state, sha256: next.sha256 }, at)
          const request = findRequest(db, file.requestId)
          const isFirst = file.fileType === 'photo' && request?.thumbnail === null
          if (!request || !isFirst || next.sha256 === null) continue
          saveRequest(db, request, recount(request, { thumbnail: next.sha256 }, at), { actor: null, at })
        }
      })
    },
  }
}

function after(download: Download, outcome: FetchOutcome, at: number): Download {
  const attempts = download.attempts + 1
  switch (outcome.kind) {
    case 'stored':
      return { ...download, attempts, state: 'stored', sha256: outcome.sha256, lastError: null }
    case 'too-big':
      return { ...download, attempts, state: 'too-big', lastError: null }
    case 'gone':
      return { ...download, attempts, state: 'failed', lastError: outcome.error }
    case 'later': {
      if (at - download.createdAt > GIVE_UP_MS)
        return { ...download, attempts, state: 'failed', lastError: outcome.error }
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20))
      return { ...download, attempts, notBefore: at + pause, lastError: outcome.error }
    }
  }
}
