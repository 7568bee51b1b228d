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

process.umask(0o077)

const USAGE = `usage: npm run backup -- <command> [--data-dir FOLDER] [--json]

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

function usage(): number {
  process.stderr.write(USAGE)
  return 2
}

function read() {
  return parseArgs({
    options: { 'data-dir': { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
}

async function main(): Promise<number> {
  let given: ReturnType<typeof read>
  try {
    given = read()
  } catch {
    return usage()
  }
  const [verb, what = null, ...rest] = given.positionals
  if (rest.length > 0) return usage()
  const dataDir = given.values['data-dir']
  const options: BackupCommandOptions = {
    dataFolder: dataDir === undefined ? readEnvironment(process.env).dataFolder : resolve(dataDir),
    json: given.values.json,
    passphrase: process.env['DISPATCHER_BACKUP_PASSPHRASE'] || null,
    print,
    complain,
  }
  return carryOut(verb, what, options)
}

function carryOut(verb: string | undefined, what: string | null, options: BackupCommandOptions) {
  switch (verb) {
    case 'list':
      return listCommand(options)
    case 'backup':
      return backupCommand(options)
    case 'verify':
      return verifyCommand({ ...options, what })
    case 'restore':
      return restoreCommand({ ...options, id: what })
    default:
      return usage()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : 'The command failed.')
    process.exit(1)
  },
)
