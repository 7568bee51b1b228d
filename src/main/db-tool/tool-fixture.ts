import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtChild } from '../db/migrations/built-child-fixture'
import { furnish, tempFolder } from '../db/migrations/house-fixture'
import { type Draft, filesOf, LONG_DRAFTS } from '../db/migrations/house-migrations-fixture'
import { openSqlite, type Sqlite } from '../db/connection'

/** What a command printed, and its exit code. */
export type Ran = { readonly code: number | null; readonly out: string; readonly error: string }

/** Writes migrations into a new folder. */
export function folderOf(drafts: readonly Draft[] = LONG_DRAFTS): string {
  const folder = tempFolder()
  for (const [file, text] of Object.entries(filesOf(drafts))) writeFileSync(join(folder, file), text)
  return folder
}

/** Runs a program to its end. */
export async function runProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { out: '', error: '' }
  child.stdout.on('data', (part: Buffer) => (text.out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (text.error += part.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...text }
}

/** A command line with a data folder of its own. */
export type Tool = {
  readonly folder: string
  readonly file: string
  /** Runs the words behind `db`. */
  readonly run: (...words: readonly string[]) => Promise<Ran>
  /** The same with --json: the exit code and what was printed. */
  readonly json: (...words: readonly string[]) => Promise<readonly [number | null, unknown]>
  /** Lets a test look into the file, or change it. */
  readonly open: <T>(work: (sqlite: Sqlite) => T) => T
}

let built: Promise<string> | undefined

/** Makes a command line over the migrations of a folder. */
export async function makeTool(migrationsFolder: string): Promise<Tool> {
  const child = await (built ??= builtChild(join(import.meta.dirname, 'tool-child-fixture.ts')))
  const folder = join(tempFolder(), 'data')
  const file = join(folder, 'dispatcher.db')
  const run: Tool['run'] = (...words) =>
    runProgram([child, 'db', ...words], {
      MIGRATIONS_FOLDER: migrationsFolder,
      DISPATCHER_DATA_DIR: folder,
    })
  return {
    folder,
    file,
    run,
    json: async (...words) => {
      const { code, out } = await run(...words, '--json')
      return [code, JSON.parse(out)]
    },
    open: (work) => {
      const sqlite = openSqlite(file)
      try {
        return work(sqlite)
      } finally {
        sqlite.close()
      }
    },
  }
}

/** A tool whose house is furnished and at the newest version. */
export async function furnishedTool(): Promise<Tool> {
  const tool = await makeTool(folderOf())
  await tool.run('upgrade', '0')
  tool.open(furnish)
  await tool.run('upgrade')
  return tool
}
