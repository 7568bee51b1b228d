import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { UnsafePlace } from '../../shared/model/conditions'

/** What tells about where a folder lies; a test gives its own. */
export type PlaceFacts = {
  readonly platform: NodeJS.Platform
  /** The folder's real path. */
  readonly path: string
  /** Paths that programs say they copy to other computers. */
  readonly announced: readonly string[]
  /** The mounted disks as Linux lists them (/proc/self/mountinfo); empty elsewhere. */
  readonly mounts: string
  /** Kind of the disk as `statfs` tells it; 0 when it does not. */
  readonly diskType: number
  /** Whether there is a file of this path. */
  readonly exists: (path: string) => boolean
}

// By the name of a folder on the way. What follows the name is a second account, or the name of a company.
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive(?: - .+|-.+)?$/u, 'OneDrive'],
  [/^Dropbox(?: \(.+\))?$/u, 'Dropbox'],
  [/^(?:Google ?Drive(?: - .+|-.+)?|My Drive|DriveFS)$/u, 'Google Drive'],
  [/^(?:iCloud ?Drive|Mobile Documents|com~apple~CloudDocs|iCloud~.+)$/u, 'iCloud'],
  [/^(?:Yandex\.?Disk(?:-.+)?|Яндекс\.?Диск)$/u, 'Yandex.Disk'],
  [/^Nextcloud\d*$/iu, 'Nextcloud'],
  [/^ownCloud\d*$/iu, 'ownCloud'],
  [/^(?:Cloud Mail\.Ru|Облако Mail\.ru)$/u, 'Cloud Mail.ru'],
  [/^(?:pCloudDrive|pCloud Drive|pCloud Sync)$/u, 'pCloud'],
  [/^(?:MEGA|MEGAsync)$/u, 'MEGA'],
  [/^(?:Syncthing|Sync)$/u, 'Syncthing'],
]
// By a file that the program puts into the folder that it copies.
const MARKERS: readonly (readonly [string, string])[] = [
  ['.dropbox', 'Dropbox'],
  ['.dropbox.cache', 'Dropbox'],
  ['.nextcloudsync.log', 'Nextcloud'],
  ['.owncloudsync.log', 'ownCloud'],
  ['.stfolder', 'Syncthing'],
  ['.sync', 'Resilio Sync'],
  ['.tmp.drivedownload', 'Google Drive'],
]

const NETWORK =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|smb3|afs|afpfs|ncpfs|9p|ceph|glusterfs|lustre|davfs|beegfs|ocfs2|gfs2)$/u
// Disks that a program plays; those of other systems' sticks are played too, and sound.
const PLAYED = /^fuse\.(?!blk$|exfat|ntfs|portal)/u
// The numbers that Linux's statfs gives them, for a system without a list of mounts.
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
])
const FUSE_TYPE = 0x65735546

/** Where a folder lies that should not lie there; null when it is a disk of this computer and nobody copies it. */
export function unsafePlaceOf(facts: PlaceFacts): UnsafePlace | null {
  return synchronised(facts) ?? mounted(facts) ?? typed(facts)
}

function synchronised({ platform, path, announced, exists }: PlaceFacts): UnsafePlace | null {
  const separator = platform === 'win32' ? '\\' : '/'
  const parts = path.split(separator)
  for (const part of parts) {
    const known = SERVICES.find(([pattern]) => pattern.test(part))
    if (known) return { kind: 'synchronised', name: known[1] }
  }
  // macOS keeps the folders of all services in one place, each named after its service.
  const cloud = parts[parts.indexOf('CloudStorage') + 1]
  if (parts.includes('CloudStorage') && cloud !== undefined) return { kind: 'synchronised', name: cloud }
  const isAnnounced = announced.some((root) => path === root || path.startsWith(root + separator))
  if (isAnnounced) return { kind: 'synchronised', name: 'OneDrive' }
  for (let depth = parts.length; depth > 1; depth -= 1) {
    const folder = parts.slice(0, depth).join(separator)
    const marker = MARKERS.find(([name]) => exists(`${folder}${separator}${name}`))
    if (marker) return { kind: 'synchronised', name: marker[1] }
  }
  return null
}

function mounted({ platform, path, mounts }: PlaceFacts): UnsafePlace | null {
  if (platform === 'win32') return path.startsWith('\\\\') ? { kind: 'network', name: 'SMB' } : null
  const kind = diskKindOf(path, mounts)
  if (kind === null) return null
  if (NETWORK.test(kind)) return { kind: 'network', name: kind }
  return PLAYED.test(kind) ? { kind: 'virtual', name: kind.slice('fuse.'.length) } : null
}

/** The kind of the disk on which a path lies: that of the longest mount point above it. */
function diskKindOf(path: string, mounts: string): string | null {
  let longest = -1
  let kind: string | null = null
  for (const line of mounts.split('\n')) {
    const mount = mountOf(line)
    const isAbove = mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`)
    // Of two on one point the later one covers the earlier.
    if (!isAbove || mount.point.length < longest) continue
    longest = mount.point.length
    kind = mount.kind
  }
  return kind
}

/** A line of the list of mounts; spaces and the like are written in octal. */
function mountOf(line: string): { readonly point: string; readonly kind: string | null } {
  const [before = '', after = ''] = line.split(' - ')
  const written = before.split(' ')[4] ?? 'nowhere'
  const point = written.replaceAll(/\\(\d{3})/gu, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
  return { point, kind: after.split(' ')[0] ?? null }
}

function typed({ platform, diskType, mounts }: PlaceFacts): UnsafePlace | null {
  if (platform !== 'linux' || mounts !== '') return null
  const name = NETWORK_TYPES.get(diskType >>> 0)
  if (name !== undefined) return { kind: 'network', name }
  return diskType >>> 0 === FUSE_TYPE ? { kind: 'virtual', name: 'FUSE' } : null
}

/** What this computer tells about a folder. Never throws. */
export function placeFactsOf(folder: string): PlaceFacts {
  return {
    platform: process.platform,
    path: quietly(() => realpathSync(folder), folder),
    announced: ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'].flatMap(
      (name) => process.env[name] ?? [],
    ),
    mounts: quietly(() => readFileSync('/proc/self/mountinfo', 'utf8'), ''),
    diskType: quietly(() => statfsSync(dirname(join(folder, 'any'))).type, 0),
    exists: existsSync,
  }
}

function quietly<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    // What can't be asked tells nothing.
    return otherwise
  }
}
