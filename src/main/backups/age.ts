import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { Altered, BackupError } from './errors'

/** How backups are locked: anybody may lock with the recipient, only the key opens. */
export type Lock = {
  /** Public half, `age1…`. */
  readonly recipient: string
  /** The key, locked by the passphrase: goes with every backup, so that the passphrase alone opens it anywhere. */
  readonly lockedKey: string
}

/** Makes a key and locks it with a passphrase. The key itself is for the store of secrets only. */
export async function makeLock(
  passphrase: string,
  workFactor?: number,
): Promise<Lock & { readonly key: string }> {
  const key = await generateX25519Identity()
  const encrypter = new Encrypter()
  if (workFactor !== undefined) encrypter.setScryptWorkFactor(workFactor)
  encrypter.setPassphrase(passphrase)
  const lockedKey = armor.encode(await encrypter.encrypt(key))
  return { key, recipient: await identityToRecipient(key), lockedKey }
}

/** The key that a passphrase unlocks. Throws `wrong-passphrase`. */
export async function unlockKey(lockedKey: string, passphrase: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(armor.decode(lockedKey), 'text')
  } catch {
    // The library says the same of a damaged key and of a wrong passphrase; neither may be told apart by guessing.
    throw new BackupError('wrong-passphrase', 'The passphrase does not open this backup')
  }
}

function contentOf(path: string): ReadableStream<Uint8Array> {
  // Node's stream is the web's; their types differ where those of the browser are there too.
  const stream: unknown = Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 20 }))
  return stream as ReadableStream<Uint8Array>
}

type Written = { readonly sha256: string; readonly sizeBytes: number }

async function writeAll(stream: ReadableStream<Uint8Array>, path: string | null): Promise<Written> {
  const hash = createHash('sha256')
  const file = path === null ? null : openSync(path, 'wx', 0o600)
  let sizeBytes = 0
  try {
    for await (const bytes of stream) {
      hash.update(bytes)
      sizeBytes += bytes.byteLength
      if (file !== null) writeSync(file, bytes)
    }
    if (file !== null) fsyncSync(file)
  } finally {
    if (file !== null) closeSync(file)
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

/** Locks a file into a new one, a piece at a time. Gives the hash and the size of what was written. */
export async function lockFile(from: string, to: string, recipient: string): Promise<Written> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return writeAll(await encrypter.encrypt(contentOf(from)), to)
}

/**
 * Opens a locked file into a new one, or, without a name for it, only reads it. Throws `wrong-passphrase` for a key
 * that does not open it and Altered for a file that was changed.
 */
export async function unlockFile(from: string, to: string | null, key: string): Promise<Written> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(key)
  let opened: ReadableStream<Uint8Array>
  try {
    opened = await decrypter.decrypt(contentOf(from))
  } catch (cause) {
    throw new BackupError('wrong-passphrase', 'The key does not open this backup', { cause })
  }
  try {
    return await writeAll(opened, to)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) throw cause
    throw new Altered('A locked file was changed', { cause })
  }
}
