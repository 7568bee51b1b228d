import { and, asc, eq, gte, lt, or, sql } from 'drizzle-orm'
import { COARSE, FINE, type HealthSample, mergeSamples, startOf } from '../domain/health-points'
import { type ReadableDb, reading, type WritableDb, writing } from './database'
import { columnsAsPlaceholders } from './placeholders'
import { healthSamples } from './schema/health'

const HOUR = 3_600_000
/** Fine samples are kept for a day and the hour in which they are made coarse, coarse ones for a month. */
const FINE_KEPT_MS = 25 * HOUR
const COARSE_KEPT_MS = 31 * 24 * HOUR
/** More rows than this are never there, whatever the clock does. */
export const MOST_SAMPLES = 25 * 60 + 31 * 48 + 2

const insertRow = writing((orm) => {
  const row = columnsAsPlaceholders(healthSamples)
  const { span: _span, at: _at, ...values } = row
  // drizzle's types know no placeholders in `set`, though its builder takes them.
  const set = values as unknown as Partial<typeof healthSamples.$inferInsert>
  return orm
    .insert(healthSamples)
    .values(row)
    .onConflictDoUpdate({ target: [healthSamples.span, healthSamples.at], set })
    .prepare()
})
const between = reading((orm) =>
  orm
    .select()
    .from(healthSamples)
    .where(
      and(
        eq(healthSamples.span, sql.placeholder('span')),
        gte(healthSamples.at, sql.placeholder('from')),
        lt(healthSamples.at, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(healthSamples.at))
    .prepare(),
)
const removeOutside = writing((orm) =>
  orm
    .delete(healthSamples)
    .where(
      and(
        eq(healthSamples.span, sql.placeholder('span')),
        // What lies in the future was written by a clock that was wrong.
        or(lt(healthSamples.at, sql.placeholder('from')), gte(healthSamples.at, sql.placeholder('until'))),
      ),
    )
    .prepare(),
)

/** The samples of one length within [from, until), oldest first. */
export function findSamples(
  db: ReadableDb,
  span: HealthSample['span'],
  from: number,
  until: number,
): HealthSample[] {
  // The column takes these two lengths only.
  return between(db).all({ span, from, until }) as HealthSample[]
}

/**
 * Keeps the sample of a minute, brings the half hour that it lies in up to date, and drops what is too old: so there
 * are never more than {@link MOST_SAMPLES} rows. Of one minute the last sample counts.
 */
export function addSample(db: WritableDb, sample: HealthSample): void {
  insertRow(db).run(sample)
  const at = startOf(sample.at, COARSE)
  const coarse = mergeSamples(findSamples(db, FINE, at, at + COARSE * 60_000), { span: COARSE, at })
  if (coarse !== null) insertRow(db).run(coarse)
  const until = sample.at + 1
  removeOutside(db).run({ span: FINE, from: until - FINE_KEPT_MS, until })
  removeOutside(db).run({ span: COARSE, from: until - COARSE_KEPT_MS, until })
}
