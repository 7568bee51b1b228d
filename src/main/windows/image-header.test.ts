import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readImageHeader } from './image-header'
import { gifBytes, jpegBytes, pngBytes, webpBytes } from './sample-images'

test.each([
  ['JPEG', jpegBytes(4000, 3000), 'image/jpeg', 4000, 3000, false, true],
  ['JPEG turned by its camera', jpegBytes(40, 30, 6), 'image/jpeg', 40, 30, false, false],
  ['JPEG noted as upright', jpegBytes(40, 30, 1), 'image/jpeg', 40, 30, false, true],
  ['PNG in true colour', pngBytes(30_000, 30_000, 2), 'image/png', 30_000, 30_000, false, true],
  ['PNG with alpha', pngBytes(7, 9, 6), 'image/png', 7, 9, true, true],
  ['PNG with a palette', pngBytes(7, 9, 3), 'image/png', 7, 9, true, true],
  ['GIF', gifBytes(300, 200), 'image/gif', 300, 200, true, true],
  ['lossy WebP', webpBytes('VP8 ', 640, 480), 'image/webp', 640, 480, true, true],
  ['lossless WebP', webpBytes('VP8L', 640, 480), 'image/webp', 640, 480, true, true],
  ['extended WebP', webpBytes('VP8X', 70_000, 480), 'image/webp', 70_000, 480, true, true],
])('%s', (_what, bytes, type, width, height, transparent, upright) => {
  expect(readImageHeader(bytes)).toEqual({ type, width, height, transparent, upright })
})

test.each([
  ['nothing', new Uint8Array()],
  ['text', Buffer.from('<html><script>alert(1)</script>')],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a program', Buffer.from('MZ\u0090\u0000this program cannot be run in DOS mode')],
  [
    'a page behind the first bytes of a JPEG',
    Buffer.concat([jpegBytes(1, 1).subarray(0, 4), Buffer.from('<html>'.repeat(20))]),
  ],
  ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 2, 3])],
  ['a JPEG that ends early', jpegBytes(4000, 3000).subarray(0, 16)],
  ['a PNG of no width', pngBytes(0, 5, 2)],
  [
    'a PNG without a header',
    Buffer.concat([pngBytes(1, 1, 2).subarray(0, 12), Buffer.from('IDAT'.repeat(9))]),
  ],
  ['another RIFF', Buffer.concat([Buffer.from('RIFF1234WAVEfmt '), Buffer.alloc(40)])],
  ['a WebP of an unknown kind', Buffer.concat([Buffer.from('RIFF1234WEBPVP9 '), Buffer.alloc(40)])],
])('%s is no picture', (_what, bytes) => {
  expect(readImageHeader(bytes)).toBeNull()
})

test('no bytes make it throw or run on', () => {
  const start = fc.constantFrom(
    jpegBytes(9, 9, 1),
    pngBytes(9, 9, 2),
    gifBytes(9, 9),
    webpBytes('VP8X', 9, 9),
  )
  fc.assert(
    fc.property(start, fc.nat(60), fc.uint8Array({ maxLength: 200 }), (head, length, tail) => {
      const header = readImageHeader(Buffer.concat([head.subarray(0, length), tail]))
      expect(header === null || (header.width > 0 && header.height > 0)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
