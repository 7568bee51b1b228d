import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { FileId, PersonId, RequestId } from '../../shared/model/ids'
import type { FileKind, FileState } from '../../shared/model/vocabulary'
import { giveWork, type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { columnsAsPlaceholders, limitPlaceholder } from './placeholders'
import { recordChange } from './save-row'
import { files } from './schema/office'
import { downloads } from './schema/telegram'

/** A photo or other file of a request. */
export type RequestFile = {
  readonly id: FileId
  readonly requestId: RequestId
  readonly fileType: FileKind
  /** Telegram's handle for this bot. */
  readonly fileId: string
  readonly fileName: string
  readonly uploadedBy: PersonId | null
  readonly uploadedAt: number
  /** Telegram's name for the content. */
  readonly uniqueId: string
  readonly state: FileState
  readonly sha256: string | null
}

/** The fetching of one content from Telegram. */
export type Download = typeof downloads.$inferSelect

const ofRequest = reading((orm) =>
  orm
    .select()
    .from(files)
    .where(eq(files.requestId, sql.placeholder('requestId')))
    // The rowid keeps pictures of the same second in the order in which they were sent, and the index has it.
    .orderBy(asc(files.uploadedAt), sql`${files}.rowid`)
    .prepare(),
)
const ofContent = reading((orm) =>
  orm
    .select()
    .from(files)
    .where(eq(files.uniqueId, sql.placeholder('uniqueId')))
    .prepare(),
)
const insertFile = writing((orm) => orm.insert(files).values(columnsAsPlaceholders(files)).prepare())
const updateFile = writing((orm) =>
  orm
    .update(files)
    .set({ state: sql`${sql.placeholder('state')}`, sha256: sql`${sql.placeholder('sha256')}` })
    .where(eq(files.id, sql.placeholder('id')))
    .prepare(),
)

/** The files of a request, oldest first. */
export function findFiles(db: ReadableDb, requestId: RequestId): RequestFile[] {
  return ofRequest(db).all({ requestId })
}

/** Every file with this content. */
export function findFilesOfContent(db: ReadableDb, uniqueId: string): RequestFile[] {
  return ofContent(db).all({ uniqueId })
}

/** Writes a new file with its journal entry. */
export function addFile(db: WritableDb, file: RequestFile): void {
  recordChange(db, { table: 'files', before: null, after: file, actor: file.uploadedBy, at: file.uploadedAt })
  insertFile(db).run(file)
  touch(db, 'requests', file.requestId)
}

/** Notes what became of fetching a file. */
export function settleFile(
  db: WritableDb,
  before: RequestFile,
  outcome: { readonly state: FileState; readonly sha256: string | null },
  at: number,
): void {
  if (!recordChange(db, { table: 'files', before, after: { ...before, ...outcome }, actor: null, at })) return
  updateFile(db).run({ id: before.id, ...outcome })
  touch(db, 'requests', before.requestId)
}

const downloadOf = reading((orm) =>
  orm
    .select()
    .from(downloads)
    .where(eq(downloads.uniqueId, sql.placeholder('uniqueId')))
    .prepare(),
)
const waiting = reading((orm) =>
  orm
    .select()
    .from(downloads)
    .where(and(eq(downloads.state, sql`'waiting'`), lte(downloads.notBefore, sql.placeholder('now'))))
    .orderBy(asc(downloads.notBefore))
    .limit(limitPlaceholder())
    .prepare(),
)
const insertDownload = writing((orm) =>
  orm.insert(downloads).values(columnsAsPlaceholders(downloads)).onConflictDoNothing().prepare(),
)
const updateDownload = writing((orm) => {
  const { uniqueId, ...rest } = columnsAsPlaceholders(downloads)
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  const set = rest as unknown as Partial<typeof downloads.$inferInsert>
  return orm.update(downloads).set(set).where(eq(downloads.uniqueId, uniqueId)).prepare()
})

/** How far the fetching of a content has come, or undefined when it never began. */
export function findDownload(db: ReadableDb, uniqueId: string): Download | undefined {
  return downloadOf(db).get({ uniqueId })
}

/** Contents to fetch now. */
export function findWaitingDownloads(db: ReadableDb, now: number, limit: number): Download[] {
  return waiting(db).all({ now, limit })
}

/** Begins to fetch a content, unless that has begun already. */
export function addDownload(db: WritableDb, download: Download): void {
  if (insertDownload(db).run(download).changes > 0) giveWork(db, 'downloader')
}

/** Writes how far the fetching has come. */
export function saveDownload(db: WritableDb, download: Download): void {
  updateDownload(db).run(download)
}
