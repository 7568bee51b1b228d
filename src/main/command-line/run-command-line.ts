import { type Command, type CommandLine, type Outcome, type Terminal, UsageError } from './command'
import { helpOfCommand, helpOfTable } from './help'
import { parseCall } from './parse-call'

/** Where a command line writes, and whom it can ask. */
export type Console = {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Asks a person; null when nobody is there. */
  readonly confirm: Terminal['confirm']
}

/** What is run: a command, or the help that was asked for. */
type Found =
  | { readonly kind: 'command'; readonly command: Command; readonly path: string; readonly words: string[] }
  | { readonly kind: 'help'; readonly lines: readonly string[] }

function isHelp(word: string): boolean {
  return word === 'help' || word === '--help' || word === '-h'
}

function find(line: CommandLine, words: readonly string[]): Found {
  const { table, summary, program: path, afterGroup = '' } = line
  const [name, ...rest] = words
  const row = table.find((candidate) => candidate.name === name)
  if (row !== undefined && 'commands' in row) {
    const { summary, commands } = row
    return find({ program: `${path} ${row.name}${afterGroup}`, summary, table: commands }, rest)
  }
  if (row !== undefined) return { kind: 'command', command: row, path, words: rest }
  if (name === undefined) throw new UsageError(`Say what to do. ${path} --help shows what there is`)
  if (isHelp(name)) return { kind: 'help', lines: helpOfTable({ table, summary }, path) }
  throw new UsageError(`There is no command "${name}". ${path} --help shows what there is`)
}

/** What is told of an error, to people and scripts; some have more to say to scripts. */
function explained(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: 'failed', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
  const details = 'details' in error && typeof error.details === 'object' ? error.details : null
  return { code, message: error.message, ...details }
}

const print = (lines: readonly string[]) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`)
const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

function printOutcome(
  console: Console,
  command: string,
  { isGood, lines, data }: Outcome,
  isJson: boolean,
): void {
  console.out(isJson ? asJson({ ok: isGood, command, ...data }) : print(lines))
}

function printError(console: Console, error: unknown, isJson: boolean): number {
  const told = explained(error)
  if (isJson) console.out(asJson({ ok: false, error: told }))
  else console.error(`${told.message}${/[.?!]$/.test(told.message) ? '' : '.'}\n`)
  return error instanceof UsageError ? 2 : 1
}

async function runFound(found: Found, console: Console, isJson: boolean): Promise<number> {
  if (found.kind === 'help') {
    console.out(print(found.lines))
    return 0
  }
  const { command, path, words } = found
  const call = parseCall(command, words)
  if (call.switches.has('help')) {
    console.out(print(helpOfCommand(command, path)))
    return 0
  }
  const terminal: Terminal = {
    note: (sentence) => {
      if (!isJson) console.error(`${sentence}\n`)
    },
    confirm: (question) => (isJson ? null : console.confirm(question)),
  }
  const outcome = await command.run(call, terminal)
  printOutcome(console, command.name, outcome, isJson)
  return outcome.exitCode ?? (outcome.isGood ? 0 : 1)
}

/**
 * Runs what the words ask for and prints its result. Gives the exit code: 0 when all is well, 1 when something
 * failed or was found, 2 when the words make no sense. Never throws.
 */
export async function runCommandLine(
  line: CommandLine,
  words: readonly string[],
  console: Console,
): Promise<number> {
  const isJson = words.includes('--json')
  try {
    return await runFound(find(line, words), console, isJson)
  } catch (error) {
    return printError(console, error, isJson)
  }
}
