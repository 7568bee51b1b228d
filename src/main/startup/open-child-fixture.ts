// Opens the data of the folder given, with the migrations of another, as whoever runs it, and says what is in the way, or that nothing is.
import Database from 'better-sqlite3'
import { guardedOptions } from '../testing/guarded-options'
import { openGuarded } from './guarded-database'
import { Trouble } from './trouble'

const [folder = '', migrationsFolder = '', user] = process.argv.slice(2)
const options = { ...guardedOptions(folder), migrationsFolder }
// Given up only here: the superuser's Node, and this tree, may lie where nobody else may read.
if (user !== undefined) {
  // Its native part is loaded with the first database.
  new Database(':memory:').close()
  process.setgroups?.([])
  process.setgid?.(Number(user))
  process.setuid?.(Number(user))
}
try {
  openGuarded(options).close()
  process.stdout.write('sound')
} catch (error) {
  process.stdout.write(error instanceof Trouble ? error.code : String(error))
}
