import type { BackupErrorCode } from '../../shared/model/backups'

/** A backup that could not be made, verified or restored; nothing was lost by trying. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupErrorCode

  constructor(code: BackupErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.code = code
  }
}

/** Thrown when a file is not what it was when it was kept. */
export class Altered extends Error {
  override readonly name = 'Altered'
}

const NO_SPACE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** Of an error only what can hold no word of anybody. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

/** The error as a BackupError: a full disk has a code of its own, and so has damage, which the reader knows whose it is. */
export function asBackupError(
  cause: unknown,
  sentence: string,
  damaged: BackupErrorCode = 'backup-failed',
): BackupError {
  if (cause instanceof BackupError) return cause
  if (cause instanceof Altered) return new BackupError('backup-damaged', cause.message, { cause })
  const code = codeOf(cause)
  return new BackupError(meaningOf(code, damaged), `${sentence}: ${code}`, { cause })
}

function meaningOf(code: string, damaged: BackupErrorCode): BackupErrorCode {
  if (NO_SPACE.has(code)) return 'not-enough-space'
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(code) ? damaged : 'backup-failed'
}
