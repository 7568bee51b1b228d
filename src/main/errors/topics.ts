import type { ErrorTopic } from '../../shared/model/errors'

/** Codes of SQLite and of the system come first: what is wrong with the computer matters more than what it stopped. */
const CODES: readonly (readonly [RegExp, ErrorTopic])[] = [
  [/^(?:ENOSPC|EDQUOT|SQLITE_FULL)$/, 'disk-full'],
  [/^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/, 'damage'],
  [/^(?:EIO|SQLITE_IOERR)/, 'disk-fails'],
  [/^(?:EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/, 'no-rights'],
  [/^(?:SQLITE_BUSY|SQLITE_LOCKED)/, 'busy'],
  [
    /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR_|CERT_|DEPTH_ZERO|UNABLE_TO_)/,
    'network',
  ],
]

const SCOPES: Readonly<Record<string, ErrorTopic>> = {
  processor: 'handling',
  sender: 'sending',
  poll: 'receiving',
  engine: 'receiving',
  downloader: 'attachments',
  backups: 'backups',
  start: 'opening',
  trouble: 'opening',
  watch: 'watching',
  program: 'program',
  window: 'window',
  'window-gone': 'window-gone',
  graphics: 'graphics',
  ipc: 'desk-call',
  sweep: 'sweep',
  practice: 'practice',
}

/** What an error with this code of this part of the program is about. */
export function topicOf(scope: string, code: string): ErrorTopic {
  const byCode = CODES.find(([form]) => form.test(code))
  if (byCode !== undefined) return byCode[1]
  const [part = ''] = scope.split('.')
  return Object.hasOwn(SCOPES, part) ? (SCOPES[part] ?? 'unknown') : 'unknown'
}
