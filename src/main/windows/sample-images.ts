/** First bytes of a JPEG of this size, with a camera's note of its orientation if one is given. For tests. */
export function jpegBytes(width: number, height: number, orientation?: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const jfif = Buffer.from([0xff, 0xe0, 0, 4, 1, 1, 0xff])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif(orientation), jfif, frame])
}

function exif(orientation: number | undefined): Buffer {
  if (orientation === undefined) return Buffer.alloc(0)
  const tiff = Buffer.from('4d4d002a000000080002010000030000000109000000011200030000000100000000', 'hex')
  tiff.writeUInt16BE(orientation, 30)
  const segment = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  return Buffer.concat([Buffer.from([0xff, 0xe1, 0, segment.length + 2]), segment])
}

/** First bytes of a PNG of this size and colour type. For tests. */
export function pngBytes(width: number, height: number, colourType: number): Buffer {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008000000000000', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes.writeUInt8(colourType, 25)
  return bytes
}

/** First bytes of a GIF of this size. For tests. */
export function gifBytes(width: number, height: number): Buffer {
  const bytes = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(10)])
  bytes.writeUInt16LE(width, 6)
  bytes.writeUInt16LE(height, 8)
  return bytes
}

/** First bytes of a WebP of this kind and size. For tests. */
export function webpBytes(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const bytes = Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${kind}`), Buffer.alloc(20)])
  switch (kind) {
    case 'VP8X':
      bytes.writeUIntLE(width - 1, 24, 3)
      bytes.writeUIntLE(height - 1, 27, 3)
      return bytes
    case 'VP8L':
      bytes.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21)
      return bytes
    case 'VP8 ':
      bytes.writeUInt16LE(width, 26)
      bytes.writeUInt16LE(height, 28)
      return bytes
  }
}
