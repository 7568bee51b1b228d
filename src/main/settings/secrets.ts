import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../../shared/model/refusal'
import { removeFile, writePrivateFile } from './private-file'

/** What is used of Electron's safeStorage; passed in, so that a program without Electron can do without. */
export type SafeStorage = {
  readonly isEncryptionAvailable: () => boolean
  readonly encryptString: (text: string) => Buffer
  readonly decryptString: (bytes: Buffer) => string
  /** Answers on Linux only. */
  readonly getSelectedStorageBackend?: () => string
}

/** Whether the system's key store protects what is kept, and which one it is. */
export type Protection = { readonly protected: boolean; readonly backend: string }

/** A stored token; `locked` when one is there and this key store does not open it. */
export type StoredToken =
  | { readonly kind: 'none' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'token'; readonly token: string }

/** Keeps the bot's token. */
export type Secrets = {
  /** Asks the key store, which may wait for the system: not before the first paint. */
  readonly protection: () => Protection
  /** Refuses `storage-unprotected` where nothing protects it, unless the person has said yes to plain text. */
  readonly save: (token: string, options: { readonly allowUnprotected: boolean }) => void
  /** The token, if there is one that can be read. Asks the key store like `protection`. */
  readonly load: () => StoredToken
  readonly clear: () => void
}

const Kept = z.object({
  version: z.literal(1),
  token: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('encrypted'), backend: z.string(), value: z.base64().min(1) }),
    /** The person was asked in words before it was kept like this. */
    z.object({ kind: z.literal('plain'), value: z.string().min(1) }),
  ]),
})
type Kept = z.infer<typeof Kept>

// With these, Electron encrypts with a password that stands in its source.
const NO_PROTECTION: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/** Opens the store of the token, `<folder>/secrets.json`, or of another secret. Without safeStorage only plain text is read. */
export function createSecrets({
  folder,
  safeStorage,
  platform = process.platform,
  file = 'secrets.json',
}: SecretsOptions): Secrets {
  const path = join(folder, file)

  function protection(): Protection {
    if (!safeStorage) return { protected: false, backend: 'none' }
    const available = safeStorage.isEncryptionAvailable()
    const backend = backendOf(safeStorage, platform)
    return { protected: available && !NO_PROTECTION.has(backend), backend }
  }

  function seal(token: string, allowUnprotected: boolean): Kept['token'] {
    const { protected: isProtected, backend } = protection()
    if (safeStorage && isProtected) {
      return { kind: 'encrypted', backend, value: safeStorage.encryptString(token).toString('base64') }
    }
    if (!allowUnprotected) throw new Refusal('storage-unprotected', { backend })
    return { kind: 'plain', value: token }
  }

  return {
    protection,
    save: (token, { allowUnprotected }) => {
      const kept: Kept = { version: 1, token: seal(token, allowUnprotected) }
      writePrivateFile(path, `${JSON.stringify(kept)}\n`)
    },
    load: () => {
      const text = readIfThere(path)
      return text === null ? { kind: 'none' } : open(text, safeStorage)
    },
    clear: () => {
      removeFile(path)
    },
  }
}

type SecretsOptions = {
  readonly folder: string
  readonly safeStorage: SafeStorage | null
  readonly platform?: NodeJS.Platform
  /** Another secret lies in a file of its own. */
  readonly file?: string
}

function backendOf(safeStorage: SafeStorage, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  return safeStorage.getSelectedStorageBackend?.() ?? 'unknown'
}

/** A damaged file and a key that is gone end alike: only the token is asked for again. */
function open(text: string, safeStorage: SafeStorage | null): StoredToken {
  try {
    const { token: kept } = Kept.parse(JSON.parse(text))
    if (kept.kind === 'plain') return { kind: 'token', token: kept.value }
    const token = safeStorage?.decryptString(Buffer.from(kept.value, 'base64')) ?? ''
    return token === '' ? { kind: 'locked' } : { kind: 'token', token }
  } catch {
    return { kind: 'locked' }
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
