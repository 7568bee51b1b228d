import { z } from 'zod'

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

/** Identifies a request: UUIDv5 when it came from Telegram, UUIDv7 when it was made at the desk. */
export const RequestId = uuid.brand<'RequestId'>()
export type RequestId = z.infer<typeof RequestId>

/** Identifies a person: resident, technician or manager. */
export const PersonId = uuid.brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

/** Identifies a building. */
export const BuildingId = uuid.brand<'BuildingId'>()
export type BuildingId = z.infer<typeof BuildingId>

/** Identifies a unit: a flat, an office or a common place. */
export const UnitId = uuid.brand<'UnitId'>()
export type UnitId = z.infer<typeof UnitId>

/** Identifies a comment. */
export const CommentId = uuid.brand<'CommentId'>()
export type CommentId = z.infer<typeof CommentId>

/** Identifies a file of a request. */
export const FileId = uuid.brand<'FileId'>()
export type FileId = z.infer<typeof FileId>

/** An instant as UTC milliseconds since 1970. */
export const Instant = z.int()
export type Instant = z.infer<typeof Instant>
