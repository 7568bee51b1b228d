import { z } from 'zod'
import { Instant } from './ids'

/** What an error is about, as far as it matters to the person at the desk: the words hang on this. */
export const ErrorTopic = z.enum([
  'disk-full',
  'disk-fails',
  'damage',
  'no-rights',
  'busy',
  'network',
  'handling',
  'sending',
  'receiving',
  'attachments',
  'backups',
  'opening',
  'watching',
  'program',
  'window',
  'window-gone',
  'graphics',
  'desk-call',
  'sweep',
  'practice',
  'unknown',
])
export type ErrorTopic = z.infer<typeof ErrorTopic>

/** All errors of one kind: of the same part of the program, with the same code and the same sentence. */
export const ErrorKind = z.object({
  id: z.string(),
  topic: ErrorTopic,
  /** The part of the program, such as `sender`; empty when it did not say. */
  scope: z.string(),
  /** The error's code, or its name when it has none; empty for a line without an error. */
  code: z.string(),
  /** The fixed sentence of the log. */
  sentence: z.string(),
  /** What the error itself said, if that is a sentence which holds no words of people. */
  detail: z.string(),
  /** Where the last one was thrown. */
  frames: z.array(z.string()),
  count: z.int().positive(),
  firstAt: Instant,
  lastAt: Instant,
  /** Whether it happened since the list was last marked as read. */
  isNew: z.boolean(),
  /** Version of the program at the last one. */
  version: z.string(),
})
export type ErrorKind = z.infer<typeof ErrorKind>

/** Whether error reports go out, and what for. */
export const ReportSettings = z.object({
  /** Whether this program has an address for reports at all. */
  hasAddress: z.boolean(),
  isOn: z.boolean(),
  /** Memory of a crashed process, which can hold the token and what people wrote. */
  withMemory: z.boolean(),
})
export type ReportSettings = z.infer<typeof ReportSettings>

/** What a window tells of an error of its own; it is cut down to known words before it is written anywhere. */
export const WindowErrorReport = z.strictObject({
  how: z.enum(['thrown', 'rejected', 'drawing']),
  name: z.string().max(60),
  message: z.string().max(500),
  stack: z.string().max(6000),
})
export type WindowErrorReport = z.infer<typeof WindowErrorReport>
