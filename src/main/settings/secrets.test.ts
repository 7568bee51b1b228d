import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refusal } from '../../shared/model/refusal'
import { createSecrets, type SafeStorage } from './secrets'

const TOKEN = '123456789:AAHtokentokentokentokentokentoken12'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const reversed = (text: string) => Buffer.from(text).reverse().toString()

/** A key store whose key is this word. */
function keyStore(key: string, backend: string, available = true): SafeStorage {
  return {
    isEncryptionAvailable: () => available,
    encryptString: (text) => Buffer.from(`${key}|${reversed(text)}`),
    decryptString: (bytes) => {
      const [usedKey, text = ''] = bytes.toString().split('|')
      if (usedKey !== key) throw new Error('Error while decrypting the ciphertext')
      return reversed(text)
    },
    getSelectedStorageBackend: () => backend,
  }
}

function open(safeStorage: SafeStorage | null, platform: NodeJS.Platform = 'linux') {
  return createSecrets({ folder, safeStorage, platform })
}

function file(): string {
  return readFileSync(join(folder, 'secrets.json'), 'utf8')
}

test('a protected token is kept encrypted, in a file for nobody else, and comes back', () => {
  const store = keyStore('k1', 'gnome_libsecret')
  const secrets = open(store)
  const before = secrets.load()
  secrets.save(TOKEN, { allowUnprotected: false })
  expect({
    before,
    protection: secrets.protection(),
    loaded: open(store).load(),
    kept: JSON.parse(file()) as unknown,
    holdsToken: file().includes(TOKEN),
    mode: statSync(join(folder, 'secrets.json')).mode & 0o777,
    files: readdirSync(folder),
  }).toEqual({
    before: { kind: 'none' },
    protection: { protected: true, backend: 'gnome_libsecret' },
    loaded: { kind: 'token', token: TOKEN },
    kept: {
      version: 1,
      token: { kind: 'encrypted', backend: 'gnome_libsecret', value: expect.any(String) as unknown },
    },
    holdsToken: false,
    mode: 0o600,
    files: ['secrets.json'],
  })
})

test.each<[string, SafeStorage | null, NodeJS.Platform, { protected: boolean; backend: string }]>([
  ['KWallet', keyStore('k', 'kwallet6'), 'linux', { protected: true, backend: 'kwallet6' }],
  [
    'plain text in disguise',
    keyStore('k', 'basic_text'),
    'linux',
    { protected: false, backend: 'basic_text' },
  ],
  ['an unknown store', keyStore('k', 'unknown'), 'linux', { protected: false, backend: 'unknown' }],
  [
    'a store that is closed',
    keyStore('k', 'kwallet', false),
    'linux',
    { protected: false, backend: 'kwallet' },
  ],
  ['the keychain', keyStore('k', 'basic_text'), 'darwin', { protected: true, backend: 'keychain' }],
  ['the data protection API', keyStore('k', ''), 'win32', { protected: true, backend: 'dpapi' }],
  ['no Electron', null, 'linux', { protected: false, backend: 'none' }],
])('protection by %s', (_what, store, platform, protection) => {
  expect(open(store, platform).protection()).toEqual(protection)
})

test('where nothing protects it, a token is kept only after a yes, as plain text that says so', () => {
  const secrets = open(keyStore('k', 'basic_text'))
  const refused = () => {
    secrets.save(TOKEN, { allowUnprotected: false })
  }
  expect(refused).toThrow(new Refusal('storage-unprotected', { backend: 'basic_text' }))
  const filesAfterRefusal = readdirSync(folder)
  secrets.save(TOKEN, { allowUnprotected: true })
  expect({
    filesAfterRefusal,
    kept: JSON.parse(file()) as unknown,
    withoutElectron: open(null).load(),
    mode: statSync(join(folder, 'secrets.json')).mode & 0o777,
  }).toEqual({
    filesAfterRefusal: [],
    kept: { version: 1, token: { kind: 'plain', value: TOKEN } },
    withoutElectron: { kind: 'token', token: TOKEN },
    mode: 0o600,
  })
})

test('a key store that changed or is missing locks the token, and a new one can be saved', () => {
  open(keyStore('old', 'gnome_libsecret')).save(TOKEN, { allowUnprotected: false })
  const changed = open(keyStore('new', 'gnome_libsecret'))
  const answers = [changed.load(), open(null).load(), open(keyStore('old', 'kwallet6')).load()]
  changed.save('987654321:new', { allowUnprotected: false })
  expect([...answers, changed.load()]).toEqual([
    { kind: 'locked' },
    { kind: 'locked' },
    { kind: 'token', token: TOKEN },
    { kind: 'token', token: '987654321:new' },
  ])
})

test.each(['', '{', '[]', '{"version":2}', '{"version":1,"token":{"kind":"plain","value":""}}'])(
  'a damaged file locks the token and nothing else: %s',
  (content) => {
    writeFileSync(join(folder, 'secrets.json'), content)
    expect(open(keyStore('k', 'kwallet')).load()).toEqual({ kind: 'locked' })
  },
)

test('a cleared token is gone, and clearing twice is fine', () => {
  const secrets = open(keyStore('k', 'kwallet'))
  secrets.save(TOKEN, { allowUnprotected: false })
  secrets.clear()
  secrets.clear()
  expect([secrets.load(), readdirSync(folder)]).toEqual([{ kind: 'none' }, []])
})

test('a failed save leaves the old token and no draft', () => {
  const secrets = open(keyStore('k', 'kwallet'))
  secrets.save(TOKEN, { allowUnprotected: false })
  const failing: SafeStorage = {
    ...keyStore('k', 'kwallet'),
    encryptString: () => {
      throw new Error('keyring is locked')
    },
  }
  const save = () => {
    open(failing).save('other', { allowUnprotected: true })
  }
  expect(save).toThrow('keyring is locked')
  expect([secrets.load(), readdirSync(folder)]).toEqual([{ kind: 'token', token: TOKEN }, ['secrets.json']])
})

test('a folder that cannot be read is not taken for an empty one', () => {
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder was')
  expect(() => open(null).load()).toThrow('ENOTDIR')
})
