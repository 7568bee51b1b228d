import type { Document, PhotoSize } from 'grammy/types'
import { limits } from './limits'
import { contentHash, seededText } from './seeded'
import type { StoredFile } from './state'

/** Where file bytes live; ids are content hashes in hex. */
export type FileStore = {
  put(id: string, bytes: Uint8Array): void
  get(id: string): Uint8Array | undefined
}

/** A file store that forgets with the process. */
export function memoryFileStore(): FileStore {
  const contents = new Map<string, Uint8Array>()
  return {
    put: (id, bytes) => {
      contents.set(id, bytes)
    },
    get: (id) => contents.get(id),
  }
}

/** What becomes a document; `declaredSize` (bytes) lets a file claim to be larger than it is. */
export type NewDocument = {
  readonly fileName: string
  readonly mimeType: string
  readonly declaredSize?: number
}

type FileDetails = Partial<Pick<StoredFile, 'mimeType' | 'fileName' | 'width' | 'height'>>

const folders = { photo: 'photos', document: 'documents', voice: 'voice', sticker: 'stickers' } as const
/** Longest sides of the sizes Telegram makes, in pixels. */
const photoSides = [90, 320] as const
const largestSide = 2560

/** The files the server knows, by file_id and by the path getFile gives out. */
export class Files {
  readonly #store: FileStore
  readonly #botId: number
  readonly #byId = new Map<string, StoredFile>()
  readonly #byGroup = new Map<string, StoredFile[]>()
  readonly #paths = new Map<string, { readonly file: StoredFile; readonly issuedAt: number }>()
  #nextNumber: number

  constructor(store: FileStore, botId: number, nextNumber: number, files: readonly StoredFile[]) {
    this.#store = store
    this.#botId = botId
    this.#nextNumber = nextNumber
    for (const file of files) this.#remember(file)
  }

  get nextNumber(): number {
    return this.#nextNumber
  }

  all(): StoredFile[] {
    return [...this.#byId.values()]
  }

  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId)
  }

  /** The sizes of the photo a file_id belongs to, smallest first. */
  photoOf(file: StoredFile): PhotoSize[] {
    return (this.#byGroup.get(file.group) ?? []).map(photoSize)
  }

  documentOf(file: StoredFile): Document {
    return {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      ...(file.fileName === undefined ? {} : { file_name: file.fileName }),
      ...(file.mimeType === undefined ? {} : { mime_type: file.mimeType }),
    }
  }

  bytes(fileId: string): Uint8Array | undefined {
    const contentId = this.#byId.get(fileId)?.contentId
    return contentId === undefined ? undefined : this.#store.get(contentId)
  }

  /** Every size holds the whole picture: nothing here can scale images, and sizes must match downloads. */
  addPhoto(bytes: Uint8Array, extension: string, width: number, height: number): PhotoSize[] {
    const group = this.#group()
    const longest = Math.max(width, height)
    const sides = [...photoSides.filter((side) => side < longest), Math.min(longest, largestSide)]
    return sides.map((side) => {
      const scale = side / longest
      return photoSize(
        this.#add('photo', group, bytes, extension, {
          width: Math.max(1, Math.round(width * scale)),
          height: Math.max(1, Math.round(height * scale)),
        }),
      )
    })
  }

  addDocument(bytes: Uint8Array, details: NewDocument): Document {
    const extension = /\.([a-z\d]{1,8})$/i.exec(details.fileName)?.[1] ?? 'bin'
    const { fileName, mimeType, declaredSize } = details
    const added = { fileName, mimeType }
    return this.documentOf(this.#add('document', this.#group(), bytes, extension, added, declaredSize))
  }

  /** Voice messages and stickers: kept for download, told of by the caller. */
  addOther(kind: 'voice' | 'sticker', bytes: Uint8Array, extension: string): StoredFile {
    return this.#add(kind, this.#group(), bytes, extension, {})
  }

  /** Opens the file's path for download for the promised time; `now` in milliseconds. */
  issuePath(file: StoredFile, now: number): string {
    this.#paths.set(file.path, { file, issuedAt: now })
    return file.path
  }

  /** The bytes behind a path getFile gave out lately; undefined when it never did or too long ago. */
  download(path: string, now: number): Uint8Array | undefined {
    const issued = this.#paths.get(path)
    if (!issued || now - issued.issuedAt > limits.filePathLifetime * 1000) return undefined
    return this.bytes(issued.file.fileId)
  }

  #group(): string {
    return seededText('group', this.#botId, this.#nextNumber).slice(0, 16)
  }

  #add(
    kind: StoredFile['kind'],
    group: string,
    bytes: Uint8Array,
    extension: string,
    details: FileDetails,
    declaredSize?: number,
  ): StoredFile {
    const contentId = contentHash(bytes)
    this.#store.put(contentId, bytes)
    const number = this.#nextNumber
    this.#nextNumber += 1
    const file: StoredFile = {
      fileId: `AgACAgIAAxkBAA${seededText('file', this.#botId, number, contentId)}`,
      uniqueId: `AQAD${seededText('unique', kind, contentId, details.width ?? 0).slice(0, 12)}`,
      kind,
      group,
      contentId,
      size: declaredSize ?? bytes.length,
      path: `${folders[kind]}/file_${number}.${extension}`,
      ...details,
    }
    this.#remember(file)
    return file
  }

  #remember(file: StoredFile): void {
    this.#byId.set(file.fileId, file)
    const group = this.#byGroup.get(file.group)
    if (group) group.push(file)
    else this.#byGroup.set(file.group, [file])
  }
}

function photoSize(file: StoredFile): PhotoSize {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    width: file.width ?? 0,
    height: file.height ?? 0,
  }
}
