/** What SQLite says when the disk or the file is in the way, not the work that was tried. */
const TROUBLE = /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/u

/** Whether an error comes from the disk: then the same work will go well once that is mended. */
export function isStorageTrouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TROUBLE.test(String(error.code))
}

/** Whether the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_FULL')
}
