import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writePrivateFile } from './private-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a draft that a crash left behind is replaced, with rights for nobody else', () => {
  const path = join(folder, 'x.json')
  writeFileSync(`${path}.new`, 'half', { mode: 0o666 })
  writeFileSync(path, 'old', { mode: 0o644 })
  writePrivateFile(path, 'new')
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, readdirSync(folder)]).toEqual([
    'new',
    0o600,
    ['x.json'],
  ])
})

test('a file that cannot be replaced stays, and no draft stays beside it', () => {
  const path = join(folder, 'x.json')
  mkdirSync(join(path, 'full'), { recursive: true })
  const write = () => {
    writePrivateFile(path, 'new')
  }
  expect(write).toThrow()
  expect(readdirSync(folder)).toEqual(['x.json'])
})
