import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { LogLevel } from '../../shared/model/log-line'

const DEFAULT_ALERT_STEP_MS = 30_000
const DEFAULT_UNDO_MS = 6000
const LONGEST_UNDO_MS = 60_000
const LONGEST_ALERT_STEP_MS = 60_000
const HIGHEST_PORT = 65_535
/** A token can be guessed when it is shorter. */
const SHORTEST_HEALTH_TOKEN = 16

const ApiRoot = z
  .url({ protocol: /^https?$/ })
  .refine((url) => {
    const { username, password, search, hash } = new URL(url)
    return [username, password, search, hash].every((part) => part === '')
  })
  .transform((url) => url.replace(/\/+$/, ''))

// An address of Sentry: a key in place of the name, the number of a project as the path.
const Dsn = z.url({ protocol: /^https?$/ }).refine((url) => {
  const { username, password, pathname } = new URL(url)
  return username !== '' && password === '' && /\/\d+$/u.test(pathname)
})

const Variables = z.object({
  DISPATCHER_DATA_DIR: z.string().optional(),
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_ROOT: ApiRoot.optional(),
  SENTRY_DSN: Dsn.optional(),
  DISPATCHER_LOG_LEVEL: LogLevel.optional(),
  DISPATCHER_UNDO_MS: z.coerce.number().int().min(0).max(LONGEST_UNDO_MS).default(DEFAULT_UNDO_MS),
  DISPATCHER_ALERT_STEP_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(LONGEST_ALERT_STEP_MS)
    .default(DEFAULT_ALERT_STEP_MS),
  DISPATCHER_HEALTH_PORT: z.coerce.number().int().min(0).max(HIGHEST_PORT).optional(),
  DISPATCHER_HEALTH_TOKEN: z
    .string()
    .min(SHORTEST_HEALTH_TOKEN)
    .regex(/^[\w.~+/=-]+$/)
    .optional(),
})

const EXPECTED: Readonly<Record<keyof typeof Variables.shape, string>> = {
  DISPATCHER_DATA_DIR: 'a folder',
  TELEGRAM_BOT_TOKEN: 'a bot token',
  TELEGRAM_API_ROOT: 'an http or https address without name, password or question mark',
  SENTRY_DSN: 'an address of Sentry with a key and the number of a project',
  DISPATCHER_LOG_LEVEL: 'error, warn, info or debug',
  DISPATCHER_ALERT_STEP_MS: `whole milliseconds from 50 to ${String(LONGEST_ALERT_STEP_MS)}`,
  DISPATCHER_UNDO_MS: `whole milliseconds from 0 to ${String(LONGEST_UNDO_MS)}`,
  DISPATCHER_HEALTH_PORT: `a port from 0 (any free one) to ${String(HIGHEST_PORT)}`,
  DISPATCHER_HEALTH_TOKEN: `a word of at least ${String(SHORTEST_HEALTH_TOKEN)} letters, digits and ._~+/=-`,
}

/** What the environment variables say; an empty one counts as absent. */
export type Environment = {
  /** Data folder, absolute. */
  readonly dataFolder: string
  /** Overrides the stored token and is never written. */
  readonly botToken: string | null
  /** Address of the Bot API server without a slash at its end; null for Telegram's own. */
  readonly apiRoot: string | null
  /** Where error reports may go, once a person has agreed; null when nowhere. */
  readonly sentryDsn: string | null
  /** Overrides the level chosen at the desk; null when there is nothing to override. */
  readonly logLevel: LogLevel | null
  /** Milliseconds for which messages about an action that can be undone are held back. */
  readonly undoMs: number
  /** How often alerts are looked at, in ms; a cause counts when two looks have found it. */
  readonly alertStepMs: number
  /** Loopback port of the health and metrics endpoint, 0 for any free one; null for no endpoint. */
  readonly healthPort: number | null
  /** Its bearer token; null for the one that is kept in the data folder. */
  readonly healthToken: string | null
}

type RawVariables = Readonly<Record<string, string | undefined>>

/** Reads the environment variables. Throws a sentence that names each wrong one, never its value. */
export function readEnvironment(
  variables: RawVariables,
  platform: NodeJS.Platform = process.platform,
): Environment {
  const given = Object.keys(Variables.shape).map((name) => [name, variables[name]?.trim() || undefined])
  const parsed = Variables.safeParse(Object.fromEntries(given))
  if (!parsed.success) throw new Error(complaint(parsed.error))
  const known = parsed.data
  return {
    dataFolder: resolve(known.DISPATCHER_DATA_DIR ?? defaultDataFolder(variables, platform)),
    botToken: known.TELEGRAM_BOT_TOKEN ?? null,
    apiRoot: known.TELEGRAM_API_ROOT ?? null,
    sentryDsn: known.SENTRY_DSN ?? null,
    logLevel: known.DISPATCHER_LOG_LEVEL ?? null,
    undoMs: known.DISPATCHER_UNDO_MS,
    alertStepMs: known.DISPATCHER_ALERT_STEP_MS,
    healthPort: known.DISPATCHER_HEALTH_PORT ?? null,
    healthToken: known.DISPATCHER_HEALTH_TOKEN ?? null,
  }
}

function complaint(error: z.ZodError): string {
  const wrong = new Set(error.issues.map((issue) => String(issue.path[0])))
  const sentences = Object.entries(EXPECTED).filter(([name]) => wrong.has(name))
  return sentences.map(([name, expected]) => `${name} must be ${expected}.`).join(' ')
}

/** Where each system keeps what a program stores for one person on one computer. */
function defaultDataFolder(variables: RawVariables, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Facility Dispatcher')
  if (platform === 'win32') {
    // Not the roaming folder: a database must not be copied from computer to computer while it is open.
    return join(variables.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'Facility Dispatcher')
  }
  return join(variables.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'facility-dispatcher')
}

/** The folder of the practice building: its own, so that its data never mixes with real data. */
export function practiceFolder(dataFolder: string): string {
  return join(dataFolder, 'practice')
}

/** Makes the data folder and its parts, for nobody else to read. Throws what the file system says. */
export function prepareDataFolder(dataFolder: string): void {
  const made = mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  // Somebody's own folder full of other things keeps its rights; our parts of it are closed all the same.
  if (made === undefined && isOurs(dataFolder)) chmodSync(dataFolder, 0o700)
  for (const part of ['files', 'backups', 'logs']) {
    mkdirSync(join(dataFolder, part), { recursive: true, mode: 0o700 })
  }
}

function isOurs(folder: string): boolean {
  const names = readdirSync(folder)
  return names.length === 0 || names.includes('dispatcher.db')
}
