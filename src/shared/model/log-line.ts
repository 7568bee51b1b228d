import { z } from 'zod'
import { RequestId } from './ids'

/** The levels of the log, the most serious first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const

/** How much is logged: a level and those more serious than it. */
export const LogLevel = z.enum(LOG_LEVELS)
export type LogLevel = z.infer<typeof LogLevel>

/** One line of the log as a window shows it; everything in it has gone through the redactor. */
export const LogLine = z.object({
  /** ISO 8601, UTC. */
  time: z.string(),
  level: LogLevel,
  /** Part of the program, such as `sender`; empty when it is the program as a whole. */
  scope: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Name, code, message and places of an error, a line each; null without one. */
  error: z.string().nullable(),
})
export type LogLine = z.infer<typeof LogLine>

/** Number of a request as people see it: `142`, or `B-17` on a second desk. */
export const REQUEST_NUMBER = /^(?:[A-Z]{1,3}-)?\d{1,7}$/

/** Which lines are wanted: all that fit every part. */
export const LogFilter = z.strictObject({
  /** This level and those more serious. */
  level: LogLevel,
  /** A part of the program with all that is in it; null for all. */
  scope: z.string().max(60).nullable(),
  /** Lines of one request: by its number, and by its id where a line has no number. */
  request: z.strictObject({ number: z.string().regex(REQUEST_NUMBER), id: RequestId.nullable() }).nullable(),
  /** Words in the sentence or in a field, in small or capital letters; empty for all. */
  text: z.string().max(100),
})
export type LogFilter = z.infer<typeof LogFilter>

/** Where reading goes on towards older lines: a file, by a name that outlives rotation, and bytes from its start. */
export const LogCursor = z.strictObject({ file: z.string().max(40), offset: z.int().min(0) })
export type LogCursor = z.infer<typeof LogCursor>

/** Lines, the oldest first, and where older ones begin; null when there are none. */
export const LogPage = z.object({ lines: z.array(LogLine), before: LogCursor.nullable() })
export type LogPage = z.infer<typeof LogPage>

/** How much is logged, and whether a variable of the environment has decided it. */
export const LogLevelState = z.object({ level: LogLevel, isFixed: z.boolean() })
export type LogLevelState = z.infer<typeof LogLevelState>
