import { openSqlite } from '../connection'
import { schemaFingerprint } from './fingerprint'
import { type Migration, type MigrationMeta, parseMigrations } from './migration-files'
import { statementsOf } from './sql-text'

/** A migration before its fingerprint is known. */
export type Draft = Partial<MigrationMeta> & {
  readonly name: string
  readonly up: readonly string[]
  readonly down?: readonly string[]
}

const BREAK = '--> statement-breakpoint\n'
const UNKNOWN = 'f'.repeat(64)

function fingerprints(drafts: readonly Draft[]): readonly string[] {
  const sqlite = openSqlite(':memory:')
  sqlite.pragma('foreign_keys = OFF')
  try {
    return drafts.map(({ up }) => {
      for (const statement of up.flatMap(statementsOf)) sqlite.prepare(statement).run()
      return schemaFingerprint(sqlite)
    })
  } catch {
    // A draft that fails on purpose has no tables to promise.
    return []
  } finally {
    sqlite.close()
  }
}

/** The files of drafts, as they would lie in a folder. */
export function filesOf(drafts: readonly Draft[]): Record<string, string> {
  const known = fingerprints(drafts)
  return Object.fromEntries(
    drafts.flatMap(({ name, up, down = ['select 1'], ...declared }, index) => {
      const meta = { kind: 'data', reversible: true, schemaAfter: known[index] ?? UNKNOWN, ...declared }
      return [
        [`${name}.sql`, up.join(BREAK)],
        [`${name}.down.sql`, down.join(BREAK)],
        [`${name}.json`, JSON.stringify(meta)],
      ]
    }),
  )
}

/** Complete migrations of drafts. */
export function migrationsOf(drafts: readonly Draft[]): readonly Migration[] {
  return parseMigrations(filesOf(drafts))
}

const COUNTED =
  "create trigger rooms_counted after insert on rooms begin update tallies set value = value + 1 where name = 'rooms'; end;"

/** A parent table whose children would go with it, a tally kept by trigger, and notes that nobody touches. */
export const FIRST: Draft = {
  name: '0000_house',
  kind: 'additive',
  reversible: 'lossy',
  up: [
    'create table `rooms` (`id` text primary key not null, `name` text not null) strict;',
    'create table `lamps` (`id` text primary key not null, `room_id` text not null references `rooms`(`id`) on delete cascade, `watt` real) strict;',
    'create table `tallies` (`name` text primary key not null, `value` integer not null) strict, without rowid;',
    'create table `notes` (`id` integer primary key not null, `body` text) strict;',
    'create index `lamps_room` on `lamps` (`room_id`);',
    COUNTED,
  ],
  down: ['drop table notes;', 'drop table tallies;', 'drop table lamps;', 'drop table rooms;'],
}

/** What drizzle-kit writes to give a table a new column with a rule: a rebuild of the parent. */
export const REBUILD: Draft = {
  name: '0001_room_kind',
  kind: 'rebuild',
  reversible: true,
  up: [
    'create table `__new_rooms` (`id` text primary key not null, `name` text not null, `kind` text default \'room\' not null, constraint "kinds" check("__new_rooms"."kind" in (\'room\', \'hall\'))) strict;',
    'insert into `__new_rooms`(`id`, `name`) select `id`, `name` from `rooms`;',
    'drop table `rooms`;',
    'alter table `__new_rooms` rename to `rooms`;',
    COUNTED,
  ],
  down: [
    'create table `__new_rooms` (`id` text primary key not null, `name` text not null) strict;',
    'insert into `__new_rooms`(`id`, `name`) select `id`, `name` from `rooms`;',
    'drop table `rooms`;',
    'alter table `__new_rooms` rename to `rooms`;',
    COUNTED,
  ],
}

/** The house with its rebuilt rooms. */
export const HOUSE = migrationsOf([FIRST, REBUILD])

/** A column and a table that only the newer version has: the way down loses what is in them. */
const COLOURS: Draft = {
  name: '0002_colours',
  kind: 'additive',
  reversible: 'lossy',
  up: [
    "alter table `lamps` add `colour` text default 'white' not null;",
    'create table `repairs` (`id` integer primary key not null, `lamp_id` text not null references `lamps`(`id`)) strict;',
  ],
  down: ['drop table `repairs`;', 'alter table `lamps` drop column `colour`;'],
}

/** Rows that are counted: their numbers are promised, both ways. */
const TALLY: Draft = {
  name: '0003_lamps_counted',
  kind: 'data',
  reversible: true,
  rowChanges: { tallies: 1 },
  up: ["insert into `tallies` select 'lamps', count(*) from `lamps`;"],
  down: ["delete from `tallies` where `name` = 'lamps';"],
}

/** The drafts of a house with a longer history. */
export const LONG_DRAFTS: readonly Draft[] = [FIRST, REBUILD, COLOURS, TALLY]

/** The house with a longer history. */
export const LONG_HOUSE = migrationsOf(LONG_DRAFTS)
