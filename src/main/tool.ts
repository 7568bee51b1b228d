import { createInterface } from 'node:readline/promises'
import { runCommandLine } from './command-line/run-command-line'
import { dbGroup } from './db-tool/db-group'
import { readinessCommand } from './readiness/readiness-command'
import type { Development } from './db-tool/deps'

// The program as a command line: everything it can do without a window and without a bot.

/** How the command line was started. */
export type ToolStart = {
  /** What people type in front of a command, for the help. */
  readonly program: string
  /** The same between `db` and its command; nothing when left out. */
  readonly afterGroup?: string
  readonly appVersion: string
  readonly migrationsFolder: string
  /** Null in the packaged program. */
  readonly development: Development | null
}

/** Asks on the terminal; null when nobody sits there. */
function ask(question: string): Promise<boolean> | null {
  if (!process.stdin.isTTY) return null
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  return terminal
    .question(`${question} [y/N] `)
    .then((answer) => /^y(es)?$/i.test(answer.trim()))
    .finally(() => {
      terminal.close()
    })
}

/** Runs one command and gives its exit code. Never throws. */
export function runTool(words: readonly string[], start: ToolStart): Promise<number> {
  process.umask(0o077)
  const deps = { ...start, variables: process.env, now: Date.now }
  const line = {
    program: start.program,
    ...(start.afterGroup === undefined ? {} : { afterGroup: start.afterGroup }),
    summary: 'Commands of Facility Dispatcher that need no window',
    table: [dbGroup(deps), readinessCommand(deps)],
  }
  return runCommandLine(line, words, {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    confirm: ask,
  })
}
