/** What the first bytes of a picture tell. */
export type ImageInfo = {
  readonly extension: 'jpg' | 'png' | 'webp'
  readonly width: number
  readonly height: number
}

/** Recognises a JPEG, PNG or WebP by its bytes and reads its size in pixels; undefined for anything else. */
export function imageInfo(bytes: Uint8Array): ImageInfo | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return pngInfo(view) ?? jpegInfo(view) ?? webpInfo(view)
}

function pngInfo(view: Buffer): ImageInfo | undefined {
  if (view.length < 24 || view.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined
  if (view.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return sized('png', view.readUInt32BE(16), view.readUInt32BE(20))
}

/** Walks the segments to the frame header, which alone holds the size. */
function jpegInfo(view: Buffer): ImageInfo | undefined {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 <= view.length && view[at] === 0xff) {
    const marker = view.readUInt8(at + 1)
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame) return sized('jpg', view.readUInt16BE(at + 7), view.readUInt16BE(at + 5))
    // A fill byte may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.readUInt16BE(at + 2)
  }
  return undefined
}

function webpInfo(view: Buffer): ImageInfo | undefined {
  if (view.length < 30 || view.toString('latin1', 0, 4) !== 'RIFF') return undefined
  if (view.toString('latin1', 8, 12) !== 'WEBP') return undefined
  switch (view.toString('latin1', 12, 16)) {
    case 'VP8X':
      return sized('webp', view.readUIntLE(24, 3) + 1, view.readUIntLE(27, 3) + 1)
    case 'VP8L': {
      const bits = view.readUInt32LE(21)
      return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8 ':
      return sized('webp', view.readUInt16LE(26) & 0x3fff, view.readUInt16LE(28) & 0x3fff)
    default:
      return undefined
  }
}

function sized(extension: ImageInfo['extension'], width: number, height: number): ImageInfo | undefined {
  return width > 0 && height > 0 ? { extension, width, height } : undefined
}
