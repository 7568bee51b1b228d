import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes the bytes of a file survive a power cut. Throws what the file system says. */
export function syncFile(path: string): void {
  sync(path, 'r+')
}

/** Makes the names in a folder survive a power cut; Windows has no way to ask for it and does it by itself. */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') sync(path, 'r')
}

function sync(path: string, flags: string): void {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
