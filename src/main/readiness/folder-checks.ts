import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { claimFolder } from '../settings/folder-lock'
import { databasePath } from '../startup/data-files'
import { placeFactsOf, unsafePlaceOf } from '../startup/unsafe-place'
import { type Check, type Finding, go, noGo, skipped, warn } from './check'

const MEGABYTE = 1024 * 1024
/** The same limits as the program's own watch over the disk. */
const LOW_BYTES = 500 * MEGABYTE
const VERY_LOW_BYTES = 100 * MEGABYTE
const LOW_IN_DATABASES = 3
/** Rights of anybody but the owner. */
const OTHERS = 0o077
/** What nobody else may read, where it is there. */
const PRIVATE = [
  '',
  'dispatcher.db',
  'secrets.json',
  'backup-key.json',
  'health-token',
  'logs',
  'backups',
  'files',
]

/** The checks on the folder itself. */
export function folderChecks(folder: string): readonly Check[] {
  return [
    { id: 'folder', title: 'Data folder', look: () => folderOf(folder) },
    { id: 'place', title: 'Where it lies', look: () => placeOf(folder) },
    { id: 'disk', title: 'Room on the disk', look: () => roomOf(folder) },
    { id: 'log', title: 'Log', look: () => logOf(folder) },
    { id: 'lock', title: 'Who has the data', look: () => ownerOf(folder) },
  ]
}

function folderOf(folder: string): Finding {
  if (!existsSync(folder))
    return noGo(`${folder} is not there`, 'Start the program once, or set DISPATCHER_DATA_DIR.')
  accessSync(folder, constants.R_OK | constants.W_OK)
  if (process.platform === 'win32') return go(`${folder}; rights are those of the person's own folders`)
  const open = PRIVATE.filter((name) => {
    const path = join(folder, name)
    return existsSync(path) && (statSync(path).mode & OTHERS) !== 0
  })
  if (open.length === 0) return go(`${folder}, for nobody else`)
  const names = open.map((name) => (name === '' ? 'the folder' : name)).join(', ')
  return noGo(`others may read ${names}`, `chmod -R go= ${folder}`)
}

function placeOf(folder: string): Finding {
  if (!existsSync(folder)) return skipped('there is no folder')
  const unsafe = unsafePlaceOf(placeFactsOf(folder))
  if (unsafe === null) return go('on a disk of this computer that nothing synchronises')
  const todo = 'Move the data folder to a disk of this computer: a copying program can tear the file.'
  return noGo(`${unsafe.kind}: ${unsafe.name}`, todo)
}

function roomOf(folder: string): Finding {
  if (!existsSync(folder)) return skipped('there is no folder')
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const database = databasePath(folder)
  const size = existsSync(database) ? statSync(database).size : 0
  const found = `${inMegabytes(free)} free, the data take ${inMegabytes(size)}`
  if (free < VERY_LOW_BYTES) return noGo(found, 'Make room: attachments wait and backups fail.')
  if (free < Math.max(LOW_BYTES, LOW_IN_DATABASES * size)) return warn(found, 'Make room before long.')
  return go(found)
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / MEGABYTE)} MB`
}

function logOf(folder: string): Finding {
  const logs = join(folder, 'logs')
  if (!existsSync(logs)) return skipped('not begun yet')
  accessSync(logs, constants.W_OK)
  const file = join(logs, 'main.log')
  if (existsSync(file)) accessSync(file, constants.W_OK)
  return go('can be written')
}

function ownerOf(folder: string): Finding {
  if (!existsSync(folder)) return skipped('there is no folder')
  const claim = claimFolder(folder)
  if ('release' in claim) {
    claim.release()
    return go('nobody: the program can be started')
  }
  if (claim.isHere) return go(`the program, process ${claim.pid}; a second start brings it to the front`)
  return noGo(
    `${claim.user} on ${claim.host}`,
    'Close the program there. Only one computer may work with a folder.',
  )
}
