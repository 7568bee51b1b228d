// Opens the data of the folder given as whoever runs it, and says what is in the way, or that nothing is.
import { guardedOptions } from '../testing/guarded-options'
import { openGuarded } from './guarded-database'
import { Trouble } from './trouble'

const [folder = '', user] = process.argv.slice(2)
// Given up only here: the superuser's Node lies where nobody else may read.
if (user !== undefined) {
  process.setgroups?.([])
  process.setgid?.(Number(user))
  process.setuid?.(Number(user))
}
try {
  openGuarded(guardedOptions(folder)).close()
  process.stdout.write('sound')
} catch (error) {
  process.stdout.write(error instanceof Trouble ? error.code : String(error))
}
