// Run by the tests on Electron's Node: Telegram has last answered so many hours ago. Arguments: folder, hours.
import { join } from 'node:path'
import Database from 'better-sqlite3'

const [folder, hours] = process.argv.slice(2)
const sqlite = new Database(join(folder, 'dispatcher.db'))
sqlite.prepare('update listening set last_ok_at = ?').run(Date.now() - Number(hours) * 3_600_000)
sqlite.close()
