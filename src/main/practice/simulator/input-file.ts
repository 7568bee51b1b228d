import type { Document, PhotoSize } from 'grammy/types'
import type { ApiContext } from './api-context'
import { badRequest } from './api-error'
import type { UploadedFile } from './http-body'
import { imageInfo } from './image-size'
import { limits } from './limits'
import type { StoredFile } from './state'

type MediaKind = 'photo' | 'document'
type InputFile = { readonly upload: UploadedFile } | { readonly stored: StoredFile }

/** What a file becomes once it is stored; storing waits until the whole call is known to be right. */
export type StoreMedia = () => { photo: PhotoSize[] } | { document: Document }

/** Checks a photo or document given as upload, attach:// name or file_id; throws ApiError 400. */
export function readMedia(context: ApiContext, kind: MediaKind, given: unknown): StoreMedia {
  const input = readInput(context, kind, given)
  if ('stored' in input) return reuse(context, kind, input.stored)
  const { upload } = input
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  return kind === 'photo' ? newPhoto(context, upload) : newDocument(context, upload)
}

function readInput(context: ApiContext, kind: MediaKind, given: unknown): InputFile {
  const { files } = context.call
  if (typeof given !== 'string' || given === '') {
    const upload = files.get(kind)
    if (upload && given === undefined) return { upload }
    throw badRequest(`there is no ${kind} in the request`)
  }
  if (given.startsWith('attach://')) {
    const upload = files.get(given.slice('attach://'.length))
    if (!upload) throw badRequest(`there is no ${kind} in the request`)
    return { upload }
  }
  // There is no network here to fetch from.
  if (/^https?:\/\//i.test(given)) throw badRequest('failed to get HTTP URL content')
  const stored = context.world.files.find(given)
  if (!stored) throw badRequest('wrong file identifier/HTTP URL specified')
  return { stored }
}

function reuse(context: ApiContext, kind: MediaKind, stored: StoredFile): StoreMedia {
  const { files } = context.world
  if (stored.kind !== kind) {
    throw badRequest(`can't use file of type ${typeName(stored.kind)} as ${typeName(kind)}`)
  }
  return () => (kind === 'photo' ? { photo: files.photoOf(stored) } : { document: files.documentOf(stored) })
}

function typeName(kind: StoredFile['kind']): string {
  return kind === 'voice' ? 'VoiceNote' : kind.charAt(0).toUpperCase() + kind.slice(1)
}

function newPhoto(context: ApiContext, upload: UploadedFile): StoreMedia {
  if (upload.bytes.length > limits.photoBytes) {
    throw badRequest(`file "${upload.fileName}" is too big for a photo`)
  }
  const info = imageInfo(upload.bytes)
  if (!info) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height, extension } = info
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > limits.photoSides || ratio > limits.photoRatio) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  return () => ({ photo: context.world.files.addPhoto(upload.bytes, extension, width, height) })
}

function newDocument(context: ApiContext, upload: UploadedFile): StoreMedia {
  if (upload.bytes.length > limits.documentBytes) throw badRequest('file is too big')
  const fileName = upload.fileName === '' ? 'file' : upload.fileName
  const { mimeType } = upload
  return () => ({ document: context.world.files.addDocument(upload.bytes, { fileName, mimeType }) })
}
