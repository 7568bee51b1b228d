// Migrates the house in the folder given and dies at the step given, as a power cut would end it.
// Arguments: folder, step (none: -1), which migrations (house, long or a folder of them), and how many of them the
// house shall have had.
import { join } from 'node:path'
import { openSqlite } from '../connection'
import { downgrade, upgrade } from './migrate'
import { type Migration, readMigrations } from './migration-files'
import { readLedger } from './ledger'
import { HOUSE, LONG_HOUSE } from './house-migrations-fixture'

const [folder = '', fatal = '-1', which = 'house', target] = process.argv.slice(2)
const HOUSES: Readonly<Record<string, readonly Migration[]>> = { house: HOUSE, long: LONG_HOUSE }
const migrations = HOUSES[which] ?? readMigrations(which)
const sqlite = openSqlite(join(folder, 'house.db'))
const to = target === undefined ? migrations.length : Number(target)
const run = to < readLedger(sqlite).length ? downgrade : upgrade
let step = 0
process.stdout.write('ready\n')
run(sqlite, {
  migrations,
  to,
  acceptLoss: true,
  appVersion: '1.2.3',
  now: Date.now,
  copyTo: join(folder, 'backups'),
  // The disk may fill up after it was asked.
  ...(process.env['IGNORE_SPACE'] === undefined ? {} : { freeBytes: () => Infinity }),
  onProgress: () => {
    if (step === Number(fatal)) process.kill(process.pid, 'SIGKILL')
    step += 1
  },
})
