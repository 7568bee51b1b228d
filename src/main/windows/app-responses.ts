import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../telemetry/log'
import { SAFE_PAGE_PATH } from './app-address'
import { FILE_POLICY, NONCE_PLACEHOLDER, pagePolicy, SAFE_PAGE_POLICY } from './content-policy'
import { MOST_PIXELS, readImageHeader } from './image-header'
import { readRendererFile } from './renderer-files'
import { type SafePageTexts, safePage } from './safe-page'
import { THUMBNAIL_WIDTHS, type Thumbnails } from './thumbnails'

export type AppResponsesOptions = {
  /** Folder of the built page. */
  readonly rendererFolder: string
  /** Folder of stored files: `<first two hex digits>/<sha256>`. */
  readonly filesFolder: string
  readonly thumbnails: Thumbnails
  /** A picture of the practice building by its file id; undefined when there is none. */
  readonly practiceFile: (fileId: string) => Uint8Array | undefined
  readonly safePageTexts: () => SafePageTexts
  readonly log: Log
}

/** What is sent for a request. Not the web's own `Response`, whose code Node loads at first use: that takes long. */
export type AppResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Asked = { readonly url: string; readonly method: string }

/** Answers one request to the `app` scheme, free of Electron so that tests can drive it. Never rejects. */
export async function answerAppRequest(asked: Asked, options: AppResponsesOptions): Promise<AppResponse> {
  try {
    const url = new URL(asked.url)
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return nothing(405)
    switch (url.hostname) {
      case 'main':
        return await pageResponse(url, options)
      case 'files':
        return await storedFileResponse(url, options)
      case 'practice':
        return practiceResponse(url, options)
      default:
        return nothing(404)
    }
  } catch (error) {
    options.log.error({ error, method: asked.method }, 'A file could not be served to a window')
    return nothing(500)
  }
}

async function pageResponse(url: URL, options: AppResponsesOptions): Promise<AppResponse> {
  if (url.pathname === SAFE_PAGE_PATH) {
    return page(safePage(options.safePageTexts()), SAFE_PAGE_POLICY)
  }
  const file = await readRendererFile(options.rendererFolder, url.pathname)
  if (!file) return nothing(404)
  if (file.type.startsWith('text/html')) {
    const nonce = randomBytes(16).toString('base64')
    const html = Buffer.from(file.bytes).toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)
    return page(html, pagePolicy(nonce))
  }
  const cache = file.hashed ? FOREVER : 'no-cache'
  return respond(file.bytes, { 'content-type': file.type, 'cache-control': cache })
}

const FOREVER = 'private, max-age=31536000, immutable'

async function storedFileResponse(url: URL, options: AppResponsesOptions): Promise<AppResponse> {
  const sha256 = url.pathname.slice(1)
  const wanted = url.searchParams.get('w')
  if (!/^[0-9a-f]{64}$/.test(sha256)) return nothing(404)
  if (wanted !== null && !THUMBNAIL_WIDTHS.has(Number(wanted))) return nothing(404)
  const bytes =
    wanted === null ? await readStored(sha256, options) : await readThumbnail(sha256, Number(wanted), options)
  return bytes ? fileResponse(bytes, sha256) : nothing(404)
}

function readStored(sha256: string, { filesFolder }: AppResponsesOptions): Promise<Uint8Array | null> {
  return readIfThere(join(filesFolder, sha256.slice(0, 2), sha256))
}

/** The small picture, or the file itself where there can be none. */
async function readThumbnail(
  sha256: string,
  width: number,
  options: AppResponsesOptions,
): Promise<Uint8Array | null> {
  const kept = await options.thumbnails.find(sha256, width)
  if (kept) return kept
  const bytes = await readStored(sha256, options)
  const header = bytes && readImageHeader(bytes)
  const small = header && (await options.thumbnails.make(sha256, width, { bytes, header }))
  return small ?? bytes
}

function practiceResponse(url: URL, options: AppResponsesOptions): AppResponse {
  const fileId = url.pathname.slice(1)
  if (!/^[\w-]{1,200}$/.test(fileId)) return nothing(404)
  const bytes = options.practiceFile(fileId)
  return bytes ? fileResponse(bytes, fileId) : nothing(404)
}

/** Bytes that somebody sent: shown when they are a picture, otherwise only offered for saving. */
function fileResponse(bytes: Uint8Array, name: string): AppResponse {
  const header = readImageHeader(bytes)
  if (header && header.width * header.height > MOST_PIXELS) return nothing(413)
  const how = header
    ? { 'content-type': header.type, 'content-disposition': 'inline' }
    : {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${name}"`,
      }
  return respond(bytes, { ...how, 'content-security-policy': FILE_POLICY, 'cache-control': FOREVER })
}

function page(html: string, policy: string): AppResponse {
  return respond(Buffer.from(html), {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
}

function nothing(status: number): AppResponse {
  const headers = { 'content-security-policy': FILE_POLICY, 'x-content-type-options': 'nosniff' }
  return { status, headers, body: new Uint8Array() }
}

function respond(body: Uint8Array, headers: Readonly<Record<string, string>>): AppResponse {
  return { status: 200, headers: { 'x-content-type-options': 'nosniff', ...headers }, body }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
