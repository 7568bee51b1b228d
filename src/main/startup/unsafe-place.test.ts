import { expect, test } from 'vitest'
import { type PlaceFacts, placeFactsOf, unsafePlaceOf } from './unsafe-place'

const MOUNTS = [
  '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  '30 22 0:40 / /mnt/office rw shared:5 - nfs4 server:/export rw',
  '31 22 0:41 / /mnt/with\\040space rw shared:5 - cifs //server/share rw',
  '32 22 0:42 / /media/stick rw - fuseblk /dev/sdb1 rw',
  '33 22 0:43 / /home/anna/cloud rw - fuse.rclone remote: rw',
  '34 30 8:2 / /mnt/office/local rw - ext4 /dev/sda2 rw',
].join('\n')

const facts = (path: string, more: Partial<PlaceFacts> = {}): PlaceFacts => ({
  platform: 'linux',
  path,
  announced: [],
  mounts: MOUNTS,
  diskType: 0,
  exists: () => false,
  ...more,
})

test.each([
  ['/home/anna/Dropbox/office', 'Dropbox'],
  ['/home/anna/Dropbox (Linden Court)/office', 'Dropbox'],
  ['/home/anna/Yandex.Disk/office', 'Yandex.Disk'],
  ['/home/anna/Яндекс.Диск/office', 'Yandex.Disk'],
  ['/home/anna/Nextcloud/office', 'Nextcloud'],
  ['/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/office', 'iCloud'],
  ['/Users/anna/Library/CloudStorage/GoogleDrive-anna/My Drive/x', 'Google Drive'],
  ['/Users/anna/Library/CloudStorage/Box-Box/x', 'Box-Box'],
  ['/home/anna/OneDrive - Linden GmbH/office', 'OneDrive'],
])('%s is copied by %s', (path, name) => {
  expect(unsafePlaceOf(facts(path))).toEqual({ kind: 'synchronised', name })
})

test('on Windows the folders are told by their names, by what OneDrive announces, and by the way to a server', () => {
  const windows = (path: string, announced: string[] = []) =>
    unsafePlaceOf(facts(path, { platform: 'win32', mounts: '', announced }))
  expect([
    windows('C:\\Users\\Anna\\OneDrive\\office'),
    windows('D:\\Cloud\\office', ['D:\\Cloud']),
    windows('\\\\server\\share\\office'),
    windows('C:\\Users\\Anna\\AppData\\Local\\Facility Dispatcher'),
  ]).toEqual([
    { kind: 'synchronised', name: 'OneDrive' },
    { kind: 'synchronised', name: 'OneDrive' },
    { kind: 'network', name: 'SMB' },
    null,
  ])
})

test('a folder with another name is told by what the program has put into it or above it', () => {
  const exists = (path: string) => path === '/data/all/.dropbox.cache'
  expect([
    unsafePlaceOf(facts('/data/all/office', { exists })),
    unsafePlaceOf(facts('/data/office', { exists })),
  ]).toEqual([{ kind: 'synchronised', name: 'Dropbox' }, null])
})

test.each([
  ['/mnt/office/data', { kind: 'network', name: 'nfs4' }],
  ['/mnt/with space/data', { kind: 'network', name: 'cifs' }],
  ['/home/anna/cloud/data', { kind: 'virtual', name: 'rclone' }],
  ['/media/stick/data', null],
  ['/mnt/office/local/data', null],
  ['/mnt/officers', null],
  ['/home/anna/.local/share/facility-dispatcher', null],
  ['/home/anna/dropbox-notes/x', null],
])('%s lies on %j', (path, place) => {
  expect(unsafePlaceOf(facts(path))).toEqual(place)
})

test.each([
  [0x6969, { kind: 'network', name: 'NFS' }],
  [-11_317_950, { kind: 'network', name: 'SMB' }],
  [0x65735546, { kind: 'virtual', name: 'FUSE' }],
  [0xef53, null],
])('without a list of mounts a disk of type %i is told by its number', (diskType, place) => {
  expect(unsafePlaceOf(facts('/data', { mounts: '', diskType }))).toEqual(place)
})

test('the place where the program keeps its data by itself is none to warn about', () => {
  expect(unsafePlaceOf(placeFactsOf(import.meta.dirname))).toBeNull()
})
