import { z } from 'zod'

/** What a person is to the office. */
export const Role = z.enum(['user', 'technician', 'manager'])
export type Role = z.infer<typeof Role>

/** Where a request stands; the transitions between them are in the domain. */
export const Status = z.enum([
  'OPEN',
  'ASSIGNED',
  'IN_PROGRESS',
  'ON_HOLD',
  'RESOLVED',
  'CLOSED',
  'DUPLICATE',
  'DECLINED',
  'CANCELLED',
])
export type Status = z.infer<typeof Status>

/** The five columns of the board, in their order. */
export const BoardStatus = z.enum(['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED'])
export type BoardStatus = z.infer<typeof BoardStatus>

/** Statuses of requests that are over and live in the archive. */
export const EndedStatus = z.enum(['CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED'])
export type EndedStatus = z.infer<typeof EndedStatus>

/** How important the staff judge a request. */
export const Priority = z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT'])
export type Priority = z.infer<typeof Priority>

/** How pressing the resident says it is. */
export const Urgency = z.enum(['CAN_WAIT', 'SOON', 'DANGER'])
export type Urgency = z.infer<typeof Urgency>

/** Who may read a comment: the staff only, or the resident too. */
export const Visibility = z.enum(['internal', 'public'])
export type Visibility = z.infer<typeof Visibility>

/** Languages that the bot and the desk speak. */
export const Language = z.enum(['en', 'ru'])
export type Language = z.infer<typeof Language>

/** What a unit is: somebody's flat or office, or a place that everybody shares. */
export const UnitKind = z.enum(['unit', 'common'])
export type UnitKind = z.infer<typeof UnitKind>

/** What happened to a message on its way to Telegram. */
export const DeliveryState = z.enum([
  'pending',
  'sending',
  'sent',
  'unknown',
  'failed',
  'blocked',
  'cancelled',
])
export type DeliveryState = z.infer<typeof DeliveryState>

/** What a file is. */
export const FileKind = z.enum(['photo', 'video', 'voice', 'document'])
export type FileKind = z.infer<typeof FileKind>

/** Whether the bytes of a file are on this computer. */
export const FileState = z.enum(['waiting', 'stored', 'too-big', 'failed'])
export type FileState = z.infer<typeof FileState>
