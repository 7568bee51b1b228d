// Upgrades the house in the folder given and dies at the step given, as a power cut would end it.
import { join } from 'node:path'
import { openSqlite } from '../connection'
import { upgrade } from './migrate'
import { HOUSE } from './house-migrations-fixture'

const [folder = '', fatal = '-1'] = process.argv.slice(2)
let step = 0
process.stdout.write('ready\n')
upgrade(openSqlite(join(folder, 'house.db')), {
  migrations: HOUSE,
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
