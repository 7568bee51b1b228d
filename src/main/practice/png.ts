import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const BYTES_PER_PIXEL = 3
/** "Up": each row as its difference from the one above, which suits flat areas and gradients from top to bottom. */
const UP = 2

/** Encodes pixels, three bytes each from the top left, as a PNG. */
export function encodePng(width: number, height: number, pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const data = deflateSync(filtered(width * BYTES_PER_PIXEL, height, pixels), { level: 6 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function filtered(stride: number, height: number, pixels: Uint8Array): Buffer {
  const rows = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y += 1) {
    const to = y * (stride + 1)
    rows[to] = UP
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      rows[to + 1 + x] = (pixels[at] ?? 0) - (y === 0 ? 0 : (pixels[at - stride] ?? 0))
    }
  }
  return rows
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  framed.write(type, 4, 'latin1')
  framed.set(data, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8)
  return framed
}
