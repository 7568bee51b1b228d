import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { openSqlite } from '../db/connection'
import { type Database, databaseOf } from '../db/database'
import { createAlerting } from '../usecases/alerting'
import { createAttention } from '../usecases/attention'
import { createCommenting } from '../usecases/commenting'
import { createConfirming } from '../usecases/confirming'
import type { Deps } from '../usecases/deps'
import { createDispatching } from '../usecases/dispatching'
import { createDrafting } from '../usecases/drafting'
import { createFetching } from '../usecases/fetching'
import { createFieldwork } from '../usecases/fieldwork'
import { createLinking } from '../usecases/linking'
import { createPeople } from '../usecases/people'
import { createPlaces } from '../usecases/places'
import { applySchema } from './migrated'

/** The use cases over a database. */
export function useCasesOf(deps: Deps) {
  return {
    people: createPeople(deps),
    places: createPlaces(deps),
    drafting: createDrafting(deps),
    commenting: createCommenting(deps),
    confirming: createConfirming(deps),
    fieldwork: createFieldwork(deps),
    dispatching: createDispatching(deps),
    attention: createAttention(deps),
    fetching: createFetching(deps),
    alerting: createAlerting(deps),
    linking: createLinking(deps),
  }
}

/** The dependencies of the use cases over a database, with the clock given. */
export function depsOf(database: Database, now: () => number, undoMs = 0): Deps {
  return {
    read: database.read,
    transact: database.transact,
    now,
    newId: () => uuidv7(),
    newCode: () => randomBytes(16).toString('base64url'),
    undoMs,
    desk: '',
  }
}

/** Opens a fresh database in memory, migrated, with a manager. */
export function openTestDatabase(now: () => number = Date.now): Database {
  const sqlite = openSqlite(':memory:')
  applySchema(sqlite)
  const database = databaseOf(sqlite, { deviceId: 'test-desk', now })
  createPeople(depsOf(database, now)).ensureManager()
  return database
}
