import { FileId, type PersonId } from '../../shared/model/ids'
import type { FileKind } from '../../shared/model/vocabulary'
import type { WritableDb } from '../db/database'
import { addDownload, addFile, findDownload } from '../db/files'
import { nextSequence, saveRequest } from '../db/requests'
import { type NewRequest, openRequest, recount, type Request } from '../domain/request'

/** A file of a new request or comment, as Telegram names it. */
export type IncomingFile = {
  readonly kind: FileKind
  readonly fileId: string
  readonly uniqueId: string
  readonly name: string
  readonly at: number
}

/** Telegram gives bots no file above this size, in bytes (Bot API, getFile). */
export const LARGEST_FILE = 20 * 1024 * 1024

/** Gives a request its number and writes it. The actor is who reported it. */
export function registerRequest(
  db: WritableDb,
  given: Omit<NewRequest, 'sequence'>,
  actor: PersonId,
): Request {
  const request = openRequest({ ...given, sequence: nextSequence(db) })
  saveRequest(db, null, request, { actor, at: given.createdAt })
  return request
}

/** Begins to fetch a file's bytes as soon as it arrives, wherever it will belong. */
export function fetchFile(
  db: WritableDb,
  file: IncomingFile,
  sizeBytes: number | undefined,
  now: number,
): void {
  const tooBig = sizeBytes !== undefined && sizeBytes > LARGEST_FILE
  addDownload(db, {
    uniqueId: file.uniqueId,
    fileId: file.fileId,
    state: tooBig ? 'too-big' : 'waiting',
    sha256: null,
    attempts: 0,
    notBefore: now,
    createdAt: now,
    lastError: null,
  })
}

/** Attaches files to a request and counts its photos; returns the request as it is now. */
export function attachFiles(
  db: WritableDb,
  request: Request,
  files: readonly (IncomingFile & { readonly id: string })[],
  by: { readonly actor: PersonId; readonly at: number },
): Request {
  if (files.length === 0) return request
  let thumbnail = request.thumbnail
  for (const file of files) {
    const download = findDownload(db, file.uniqueId)
    const sha256 = download?.sha256 ?? null
    addFile(db, {
      id: FileId.parse(file.id),
      requestId: request.id,
      fileType: file.kind,
      fileId: file.fileId,
      fileName: file.name,
      uploadedBy: by.actor,
      uploadedAt: file.at,
      uniqueId: file.uniqueId,
      state: download?.state ?? 'waiting',
      sha256,
    })
    if (file.kind === 'photo') thumbnail ??= sha256
  }
  const photos = files.filter(({ kind }) => kind === 'photo').length
  const after = recount(request, { photoCount: request.photoCount + photos, thumbnail }, by.at)
  saveRequest(db, request, after, by)
  return after
}
