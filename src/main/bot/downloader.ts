import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Api } from 'grammy'
import type { Database } from '../db/database'
import { type Download, findWaitingDownloads } from '../db/files'
import type { Log } from '../telemetry/log'
import type { Fetching, FetchOutcome } from '../usecases/fetching'
import { failureOf } from './failures'
import type { HttpClient } from './http-client'
import { realPause } from './pause'

/** Files fetched at the same time. */
const AT_ONCE = 4
/** A file that takes longer than this hangs, in ms. */
const LIMIT_MS = 120_000
/** How often waiting files are looked at again, in ms. */
const LOOK_AGAIN_MS = 5_000

/** What the downloader needs. */
export type DownloaderDeps = {
  readonly api: Pick<Api, 'raw'>
  readonly http: Pick<HttpClient, 'download'>
  /** Address of the Bot API server. */
  readonly apiRoot: string
  readonly token: string
  /** Folder of the files, by content hash. */
  readonly folder: string
  readonly database: Pick<Database, 'read'>
  readonly fetching: Fetching
  readonly now: () => number
  readonly log: Log
  /** Whether there is room for files; always when left out. What waits stays waiting. */
  readonly mayStoreFiles?: () => boolean
  /** Called when the token turns out to be refused. */
  readonly onTokenRefused: () => void
}

/** Fetches files from Telegram as soon as they are known. */
export type Downloader = { readonly wake: () => void; readonly stop: () => Promise<void> }

/** Where the file with this content hash (SHA-256, hex) lies in the folder. */
export function pathOfContent(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Starts to fetch what waits. A file is on the disk for good before the database says so. */
export function startDownloader(deps: DownloaderDeps): Downloader {
  const abort = new AbortController()
  const busy = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let scheduled = false

  const wake = () => {
    if (abort.signal.aborted || scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (abort.signal.aborted) return
      try {
        launch()
      } catch (error) {
        deps.log.error({ error, scope: 'downloader' }, 'The waiting files could not be read')
        timer = setTimeout(wake, LOOK_AGAIN_MS)
      }
    })
  }

  const launch = () => {
    clearTimeout(timer)
    if (deps.mayStoreFiles?.() === false) {
      timer = setTimeout(wake, LOOK_AGAIN_MS)
      return
    }
    for (const download of findWaitingDownloads(deps.database.read, deps.now(), AT_ONCE * 2)) {
      if (busy.size >= AT_ONCE) break
      if (busy.has(download.uniqueId)) continue
      busy.set(download.uniqueId, run(download))
    }
    // Files that wait for their next try have no event of their own.
    timer = setTimeout(wake, LOOK_AGAIN_MS)
  }

  const run = async (download: Download) => {
    const outcome = await fetchOne(deps, download, abort.signal)
    if (outcome === 'token-refused') deps.onTokenRefused()
    else if (!abort.signal.aborted || outcome.kind === 'stored')
      await note(deps, download, outcome, abort.signal)
    busy.delete(download.uniqueId)
    wake()
  }

  wake()
  return {
    wake,
    stop: async () => {
      abort.abort()
      clearTimeout(timer)
      await Promise.all(busy.values())
    },
  }
}

async function note(deps: DownloaderDeps, download: Download, outcome: FetchOutcome, stop: AbortSignal) {
  try {
    deps.fetching.settle(download, outcome)
  } catch (error) {
    deps.log.error({ error, scope: 'downloader' }, 'A fetched file could not be noted')
    // It still counts as waiting and would be fetched again without end.
    await realPause(LOOK_AGAIN_MS, stop)
  }
}

async function fetchOne(
  deps: DownloaderDeps,
  download: Download,
  stop: AbortSignal,
): Promise<FetchOutcome | 'token-refused'> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)])
  try {
    // grammY's own type for signals is that of a polyfill; it uses nothing that AbortSignal lacks.
    const { file_path: path } = await deps.api.raw.getFile({ file_id: download.fileId }, signal as never)
    if (path === undefined) return { kind: 'later', error: 'no path' }
    const bytes = await deps.http.download(`${deps.apiRoot}/file/bot${deps.token}/${path}`, signal)
    if (bytes === null) return { kind: 'later', error: 'not there' }
    return { kind: 'stored', sha256: await store(deps.folder, bytes) }
  } catch (error) {
    return outcomeOf(error)
  }
}

function outcomeOf(error: unknown): FetchOutcome | 'token-refused' {
  const failure = failureOf(error)
  if (failure.kind === 'token-refused') return 'token-refused'
  if (failure.kind !== 'refused') return { kind: 'later', error: failure.kind }
  if (failure.description.includes('file is too big')) return { kind: 'too-big' }
  return { kind: 'gone', error: failure.description }
}

/** Files being written, by path: two with the same content would write over each other. */
const writing = new Map<string, Promise<void>>()

/** Writes the bytes under their hash so that a power cut leaves the whole file or none, and returns the hash. */
export async function store(folder: string, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const path = pathOfContent(folder, sha256)
  const present = writing.get(path) ?? writeWhole(path, bytes)
  writing.set(path, present)
  try {
    await present
  } finally {
    writing.delete(path)
  }
  return sha256
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  if (await hasSize(path, bytes.byteLength)) {
    // A kill may have come between the name and its sync: then the file is there, but not for good.
    await syncFolders(path)
    return
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.part`
  try {
    const file = await open(part, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolders(path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function hasSize(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size
  } catch {
    // Not there yet: the usual case.
    return false
  }
}

/** The file's name is in its folder, and that folder's name, which may be new as well, in the one above. */
async function syncFolders(path: string): Promise<void> {
  await syncFolder(dirname(path))
  await syncFolder(dirname(dirname(path)))
}

/** A rename is safe only once its folder is synced; Windows has no way to ask for it and does it by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
