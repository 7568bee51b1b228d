import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { AlertSettings } from '../../shared/model/alerts'
import { PersonId } from '../../shared/model/ids'
import { Language } from '../../shared/model/vocabulary'
import { type ReadableDb, reading, touch, type WritableDb, writing } from './database'
import { settings } from './schema/desk'

/** Every setting that is kept in the database, with the value it has until somebody sets it. */
export const settingSchemas = {
  /** Language of the desk; null follows the system. */
  language: z.nullable(Language).default(null),
  /** True once the first-run guide is over. */
  setUp: z.boolean().default(false),
  /** The bot that this desk belongs to; a token of another one is asked about first. */
  bot: z.nullable(z.object({ id: z.int(), name: z.string(), username: z.string() })).default(null),
  /** When nobody was listening for longer than Telegram keeps messages; null when nothing is missing. */
  gap: z.nullable(z.object({ from: z.int(), to: z.int() })).default(null),
  /** Set by a restore: when the backup was made that these data come from; null once somebody has read it. */
  restored: z.nullable(z.object({ madeAt: z.int() })).default(null),
  /** When what is alerted, and how it is told. */
  alerts: AlertSettings.default(AlertSettings.parse({})),
  /** Whoever has linked their own chat for alerts. */
  managerChat: z.nullable(z.object({ personId: PersonId, linkedAt: z.int() })).default(null),
  /** The open one-time code by which somebody may link their chat. */
  managerCode: z.nullable(z.object({ code: z.string(), expiresAt: z.int() })).default(null),
} as const

type Settings = { [K in keyof typeof settingSchemas]: z.infer<(typeof settingSchemas)[K]> }

const byKey = reading((orm) =>
  orm
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key')))
    .prepare(),
)
const upsert = writing((orm) =>
  orm
    .insert(settings)
    .values({ key: sql.placeholder('key'), value: sql.placeholder('value') })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })
    .prepare(),
)

/** The value of a setting. Throws when what is stored is not of its type. */
export function readSetting<K extends keyof Settings>(db: ReadableDb, key: K): Settings[K] {
  const stored = byKey(db).get({ key })?.value
  // The schema of the key decides the type, which TypeScript can't follow through the index.
  return settingSchemas[key].parse(stored === undefined ? undefined : JSON.parse(stored)) as Settings[K]
}

/** Keeps a setting. */
export function writeSetting<K extends keyof Settings>(db: WritableDb, key: K, value: Settings[K]): void {
  upsert(db).run({ key, value: JSON.stringify(value) })
  touch(db, 'app')
}
