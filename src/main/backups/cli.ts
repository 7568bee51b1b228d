import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnvironment } from '../settings/environment'
import {
  backupCommand,
  type BackupCommandOptions,
  listCommand,
  restoreCommand,
  verifyCommand,
} from './commands'

// The commands on backups without a window. They run on Electron's Node and load nothing of Electron.

const usageOf = (program: string) => `usage: ${program} <command> [--data-dir FOLDER] [--json]

  list                 every backup, newest first
  backup               make one, also while the program is running
  verify [id or file]  restore one for trial and compare it, the newest without an id
  restore [id]         put one in the place of the present data, the newest without an id

A locked backup is opened with the passphrase in DISPATCHER_BACKUP_PASSPHRASE.
Exit codes: 0 done, 1 failed, 2 refused or asked wrongly.
`

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { 'data-dir': { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
}

/**
 * Runs one command on backups and gives its exit code. `program` is what people type in front of it. Rejects when the
 * environment is wrong.
 */
export async function runBackupTool(words: readonly string[], program: string): Promise<number> {
  const usage = () => {
    process.stderr.write(usageOf(program))
    return 2
  }
  let given: ReturnType<typeof read>
  try {
    given = read(words)
  } catch {
    return usage()
  }
  const [verb = '', what = null, ...rest] = given.positionals
  const command = COMMANDS.get(verb)
  if (command === undefined || rest.length > 0) return usage()
  const dataDir = given.values['data-dir']
  const options: BackupCommandOptions = {
    dataFolder: dataDir === undefined ? readEnvironment(process.env).dataFolder : resolve(dataDir),
    json: given.values.json,
    passphrase: process.env['DISPATCHER_BACKUP_PASSPHRASE'] || null,
    print,
    complain,
  }
  return command(options, what)
}

type RunCommand = (options: BackupCommandOptions, what: string | null) => Promise<number>

const COMMANDS: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ['list', listCommand],
  ['backup', backupCommand],
  ['verify', (options, what) => verifyCommand({ ...options, what })],
  ['restore', (options, what) => restoreCommand({ ...options, id: what })],
])
