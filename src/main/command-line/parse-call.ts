import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Call, type Command, COMMON_OPTIONS, UsageError } from './command'

/** Hides "-1" from the parser, for which it would be the switch "1": here it means one step back. */
const STEPS_BACK = 'steps-back:'

function hidden(word: string): string {
  return /^-\d+$/.test(word) ? STEPS_BACK + word : word
}

function shown(word: string): string {
  return word.startsWith(STEPS_BACK) ? word.slice(STEPS_BACK.length) : word
}

function optionsOf(command: Command): ParseArgsOptionsConfig {
  const options = [...command.options, ...COMMON_OPTIONS].map(({ name, short, value }) => [
    name,
    { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
  ])
  // Built from the table of the command.
  return Object.fromEntries(options) as ParseArgsOptionsConfig
}

function checkCount(command: Command, given: readonly string[]): void {
  const needed = command.args.filter(({ isRequired }) => isRequired)
  const missing = needed[given.length]
  if (missing !== undefined) throw new UsageError(`${command.name} needs <${missing.name}>`)
  const extra = given[command.args.length]
  if (extra !== undefined) throw new UsageError(`${command.name} does not take "${extra}"`)
}

/** Reads the words behind a command's name. Throws UsageError with a sentence that names the wrong word. */
export function parseCall(command: Command, words: readonly string[]): Call {
  const options = optionsOf(command)
  try {
    const { values, positionals } = parseArgs({ args: words.map(hidden), options, allowPositionals: true })
    const args = positionals.map(shown)
    // Who asks for help need not know the rest.
    if (values['help'] !== true) checkCount(command, args)
    const given = Object.entries(values)
    return {
      args,
      switches: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
      values: new Map(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) throw new UsageError(firstSentence(error.message))
    throw error
  }
}

function firstSentence(message: string): string {
  return message.split(/[.\n]\s*/)[0] ?? message
}
