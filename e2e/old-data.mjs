// Run by the tests on Electron's Node: fills a data folder that the command line has brought to an old version, and
// brings it back there. Arguments: folder, number of requests.
import { join } from 'node:path'
import Database from 'better-sqlite3'

const [folder, count] = process.argv.slice(2)
const sqlite = new Database(join(folder, 'dispatcher.db'))
sqlite.exec("insert into users (id, created_at) values ('u', 1)")
const insert = sqlite.prepare(
  `insert into requests (id, user_id, title, description, location, created_at, updated_at, sequence, board_order)
   values ('r' || @n, 'u', 'Lamp ' || @n, hex(zeroblob(400)), 'Hall', @n, @n, @n, @n)`,
)
sqlite.transaction(() => {
  for (let n = 1; n <= Number(count); n += 1) insert.run({ n })
})()
sqlite.close()
