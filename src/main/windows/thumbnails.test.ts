import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImageHeader } from './image-header'
import { createThumbnails, type Shrink, thumbnailSize } from './thumbnails'

const SHA = 'ab'.repeat(32)
const header: ImageHeader = {
  type: 'image/jpeg',
  width: 1600,
  height: 1200,
  transparent: false,
  upright: true,
}
const bytes = Buffer.from('original')

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'thumbs-')), 'thumbs')
})
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

test.each([
  ['a wide picture', { width: 1600, height: 1200 }, 320, { width: 427, height: 320 }],
  ['a high picture', { width: 1200, height: 1600 }, 80, { width: 80, height: 107 }],
  ['a strip', { width: 10_000, height: 100 }, 80, { width: 320, height: 3 }],
  ['a thread', { width: 1, height: 50_000 }, 80, { width: 1, height: 320 }],
  ['one as small as wanted', { width: 80, height: 90 }, 80, null],
  ['one that is smaller', { width: 20, height: 20 }, 80, null],
])('size of %s', (_what, size, wanted, expected) => {
  expect(thumbnailSize(size, wanted)).toEqual(expected)
})

test('a small picture is made once, kept for nobody else, and found again', async () => {
  const asked: unknown[] = []
  const shrink: Shrink = (given, size, format) => {
    asked.push([Buffer.from(given).toString(), size, format])
    return Buffer.from('small')
  }
  const thumbnails = createThumbnails({ folder, shrink })
  const before = await thumbnails.find(SHA, 80)
  const made = await Promise.all([
    thumbnails.make(SHA, 80, { bytes, header }),
    thumbnails.make(SHA, 80, { bytes, header }),
    thumbnails.make(SHA, 320, { bytes, header: { ...header, type: 'image/png', transparent: true } }),
  ])
  expect({
    before,
    made: made.map(String),
    found: String(await thumbnails.find(SHA, 80)),
    asked,
    names: readdirSync(join(folder, 'ab')).sort(),
    mode: statSync(join(folder, 'ab', `${SHA}-80`)).mode & 0o777,
  }).toEqual({
    before: null,
    made: ['small', 'small', 'small'],
    found: 'small',
    asked: [
      ['original', { width: 107, height: 80 }, 'jpeg'],
      ['original', { width: 427, height: 320 }, 'png'],
    ],
    names: [`${SHA}-320`, `${SHA}-80`],
    mode: 0o600,
  })
})

test.each<[string, Partial<ImageHeader>]>([
  ['WebP', { type: 'image/webp' }],
  ['GIF', { type: 'image/gif' }],
  ['turned', { upright: false }],
  ['far too large', { width: 30_000, height: 30_000 }],
  ['small already', { width: 60, height: 60 }],
])('a picture that is %s is never decoded here', async (_what, change) => {
  const shrink: Shrink = () => {
    throw new Error('decoded')
  }
  const thumbnails = createThumbnails({ folder, shrink })
  expect(await thumbnails.make(SHA, 80, { bytes, header: { ...header, ...change } })).toBeNull()
})

test('a picture that cannot be decoded or kept leaves the original, and the next one is made', async () => {
  const answers = [null, new Uint8Array(), new Error('broken'), Buffer.from('small')]
  const shrink: Shrink = () => {
    const answer = answers.shift() ?? null
    if (answer instanceof Error) throw answer
    return answer
  }
  const thumbnails = createThumbnails({ folder, shrink })
  const make = async () => String(await thumbnails.make(SHA, 80, { bytes, header }))
  const made = [await make(), await make(), await make(), await make()]
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder was')
  answers.push(Buffer.from('small'))
  expect([...made, await make()]).toEqual(['null', 'null', 'null', 'small', 'null'])
})
