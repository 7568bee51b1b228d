import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAuthorized, keptHealthToken, readHealthToken } from './health-token'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a token is made once, of 256 bits, and kept for nobody else to read', () => {
  expect(readHealthToken(folder)).toBe(null)
  const made = keptHealthToken(folder)
  const path = join(folder, 'health-token')
  expect([
    Buffer.from(made, 'base64url').length,
    readFileSync(path, 'utf8'),
    statSync(path).mode & 0o777,
  ]).toEqual([32, `${made}\n`, 0o600])
  expect([keptHealthToken(folder), readHealthToken(folder)]).toEqual([made, made])
})

test('rights that a copy has opened are closed again', () => {
  const made = keptHealthToken(folder)
  chmodSync(join(folder, 'health-token'), 0o644)
  expect([keptHealthToken(folder), statSync(join(folder, 'health-token')).mode & 0o777]).toEqual([
    made,
    0o600,
  ])
})

test.each(['', 'short\n', '\0'.repeat(43)])('a file with %j in it is replaced', (content) => {
  writeFileSync(join(folder, 'health-token'), content)
  expect(keptHealthToken(folder)).toMatch(/^[\w-]{43}$/)
})

test('nothing but the token opens', () => {
  const token = keptHealthToken(folder)
  expect([isAuthorized(`Bearer ${token}`, token), isAuthorized(undefined, token)]).toEqual([true, false])
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((word) => `Bearer ${word}`),
        fc.nat(42).map((n) => `Bearer ${token.slice(0, n)}`),
      ),
      (header) => {
        expect(isAuthorized(header, token)).toBe(false)
      },
    ),
  )
})
