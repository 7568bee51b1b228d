import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Command } from '../command-line/command'
import { driftOfDatabase, driftOfFiles } from '../db/migrations/drift'
import type { ToolDeps } from './deps'
import { type Place, placeOf, placeOptions, reading } from './open'

/** The result of one comparison; null where it could not be made. */
type Part = { readonly name: string; readonly title: string; readonly found: readonly string[] | string }

function releasedIn(folder: string): Readonly<Record<string, string>> {
  const path = join(folder, 'released.json')
  if (!existsSync(path)) return {}
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))
}

async function codePart(place: Place, { development }: ToolDeps): Promise<Part> {
  const found =
    development === null
      ? 'not compared: that needs the development tree'
      : await development.compareCode(place.migrationsFolder)
  return { name: 'code', title: 'Code and migrations', found }
}

function filesPart({ migrations, migrationsFolder }: Place): Part {
  const found = driftOfFiles(migrations, releasedIn(migrationsFolder))
  return { name: 'migrations', title: 'Migrations and their promises', found }
}

function databasePart(place: Place): Part {
  const found = reading(place, (sqlite) =>
    sqlite === null
      ? `not compared: there is no database in ${place.folder} yet`
      : driftOfDatabase(sqlite, place.migrations),
  )
  return { name: 'database', title: 'Migrations and database', found }
}

function linesOf({ title, found }: Part): readonly string[] {
  if (typeof found === 'string') return [`${title}: ${found}`]
  if (found.length === 0) return [`${title}: agree`]
  return [`${title}: differ`, ...found.map((difference) => `  ${difference}`)]
}

/** Looks for drift between code, migration files and the live file. */
export function checkCommand(deps: ToolDeps): Command {
  return {
    name: 'check',
    summary: 'Look for drift between code, migrations and the database; exits with 1 when there is any',
    args: [],
    options: placeOptions(deps),
    run: async (call) => {
      const place = placeOf(call, deps)
      const parts = [await codePart(place, deps), filesPart(place), databasePart(place)]
      return {
        isGood: parts.every(({ found }) => typeof found === 'string' || found.length === 0),
        lines: parts.flatMap(linesOf),
        data: {
          file: place.file,
          ...Object.fromEntries(
            parts.map(({ name, found }) => [
              name,
              typeof found === 'string'
                ? { compared: false, why: found }
                : { compared: true, differences: found },
            ]),
          ),
        },
      }
    },
  }
}
