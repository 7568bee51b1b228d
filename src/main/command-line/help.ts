import { type Command, type CommandGroup, type CommandLine, COMMON_OPTIONS, type Option } from './command'

const EXIT_CODES = ['Exit codes: 0 done and all is well, 1 failed or something found, 2 wrong usage.']

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

function asTyped({ name, short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} <${value}>`
  return short === undefined ? long : `-${short}, ${long}`
}

/** What a command takes, in one line. */
function usageOf(command: Command): string {
  const args = command.args.map(({ name, isRequired }) => (isRequired ? ` <${name}>` : ` [${name}]`))
  return `${command.name}${args.join('')}`
}

/** The help of one command; before: what is typed in front of it. */
export function helpOfCommand(command: Command, before: string): readonly string[] {
  const options = [...command.options, ...COMMON_OPTIONS]
  const named = command.args.map(({ name, summary }) => [`<${name}>`, summary] as const)
  return [
    `Usage: ${before} ${usageOf(command)} [options]`,
    '',
    `${command.summary}.`,
    ...(command.details === undefined ? [] : ['', ...command.details]),
    ...(named.length === 0 ? [] : ['', ...columns(named)]),
    '',
    'Options:',
    ...columns(options.map((option) => [asTyped(option), option.summary])),
    '',
    ...(command.exitCodes === undefined ? EXIT_CODES : [`Exit codes: ${command.exitCodes}`]),
  ]
}

function isGroup(row: Command | CommandGroup): row is CommandGroup {
  return 'commands' in row
}

/** The help of several commands: of a whole command line or of a group. */
export function helpOfTable(
  { table, summary }: Pick<CommandLine, 'table' | 'summary'>,
  before: string,
): readonly string[] {
  const rows = table.map((row) => [isGroup(row) ? `${row.name} …` : usageOf(row), row.summary] as const)
  return [
    `Usage: ${before} <command> [options]`,
    '',
    `${summary}.`,
    '',
    ...columns(rows),
    '',
    `More about one of them: ${before} <command> --help`,
    ...EXIT_CODES,
  ]
}
