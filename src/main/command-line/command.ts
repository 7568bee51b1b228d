/** A switch or a value that a command takes by name, such as --json or --data-dir <folder>. */
export type Option = {
  /** Without the dashes. */
  readonly name: string
  /** One letter that means the same; none when left out. */
  readonly short?: string
  /** What stands for its value in the help; a switch when left out. */
  readonly value?: string
  readonly summary: string
}

/** What a command takes by position. */
export type Argument = {
  readonly name: string
  readonly summary: string
  readonly isRequired: boolean
}

/** What a person or a script has said to a command. */
export type Call = {
  /** By position; as many as the command takes, at most. */
  readonly args: readonly string[]
  /** Names of the switches that were set. */
  readonly switches: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
}

/** What a command may say and ask while it runs. Its result is not said but given back. */
export type Terminal = {
  /** Tells a person how it goes, on standard error; nobody when the result is JSON. */
  readonly note: (sentence: string) => void
  /** Asks a person for a yes; null when nobody is there to be asked. */
  readonly confirm: (question: string) => Promise<boolean> | null
}

/** What a command found or did. */
export type Outcome = {
  /** False when it found something wrong: the exit code is then 1. What could not be done is thrown instead. */
  readonly isGood: boolean
  /** Another exit code, for a command that promises its own. */
  readonly exitCode?: number
  /** For people, one string a line. */
  readonly lines: readonly string[]
  /** The same for scripts: printed as JSON with `ok` and `command` in front. */
  readonly data: Readonly<Record<string, unknown>>
}

/** One command: a row of the table that the program is given. */
export type Command = {
  readonly name: string
  readonly summary: string
  /** Further help, one string a line. */
  readonly details?: readonly string[]
  /** What its exit codes mean, where that is not the usual. */
  readonly exitCodes?: string
  readonly args: readonly Argument[]
  readonly options: readonly Option[]
  readonly run: (call: Call, terminal: Terminal) => Outcome | Promise<Outcome>
}

/** Commands that share a word in front, such as `db current` and `db upgrade`. */
export type CommandGroup = {
  readonly name: string
  readonly summary: string
  readonly commands: readonly Command[]
}

/** A whole command line. */
export type CommandLine = {
  /** What people type before a command. */
  readonly program: string
  /** What people type between the name of a group and a command of it; nothing when left out. */
  readonly afterGroup?: string
  readonly summary: string
  readonly table: readonly (Command | CommandGroup)[]
}

/** What every command takes. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: 'json', summary: 'print the result as JSON, for scripts' },
  { name: 'help', short: 'h', summary: 'show this help' },
]

/** The call makes no sense: the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}
