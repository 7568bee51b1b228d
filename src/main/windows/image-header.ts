/** Kinds of pictures that the windows show; everything else is only offered for saving. */
type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'

/** What the first bytes of a picture say, read without decoding it. */
export type ImageHeader = {
  readonly type: ImageType
  readonly width: number
  readonly height: number
  /** Whether parts of it may be transparent. */
  readonly transparent: boolean
  /** False when a camera noted that the picture has to be turned for showing. */
  readonly upright: boolean
}

/** A picture with more pixels is not decoded: a small file can unfold to gigabytes. */
export const MOST_PIXELS = 50_000_000

/** The header of a picture, by its content and never by its name; null when it is none that we show. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const header = readJpeg(view) ?? readPng(view) ?? readGif(view) ?? readWebp(view)
    return header && header.width > 0 && header.height > 0 ? header : null
  } catch (error) {
    // The view throws this where the file ends too early.
    if (error instanceof RangeError) return null
    throw error
  }
}

function startsWith(view: DataView, at: number, text: string): boolean {
  return Buffer.from(text).every((byte, index) => view.getUint8(at + index) === byte)
}

function readPng(view: DataView): ImageHeader | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null
  if (!startsWith(view, 12, 'IHDR')) return null
  const colourType = view.getUint8(25)
  return {
    type: 'image/png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    // Grey and true colour have no alpha; a palette may.
    transparent: colourType !== 0 && colourType !== 2,
    upright: true,
  }
}

function readGif(view: DataView): ImageHeader | null {
  if (!startsWith(view, 0, 'GIF87a') && !startsWith(view, 0, 'GIF89a')) return null
  return {
    type: 'image/gif',
    width: view.getUint16(6, true),
    height: view.getUint16(8, true),
    transparent: true,
    upright: true,
  }
}

function readWebp(view: DataView): ImageHeader | null {
  if (!startsWith(view, 0, 'RIFF') || !startsWith(view, 8, 'WEBP')) return null
  const size = webpSize(view)
  return size && { type: 'image/webp', ...size, transparent: true, upright: true }
}

function webpSize(view: DataView): { width: number; height: number } | null {
  if (startsWith(view, 12, 'VP8X')) {
    const at = (offset: number) => view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x10000 + 1
    return { width: at(24), height: at(27) }
  }
  if (startsWith(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!startsWith(view, 12, 'VP8 ')) return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

// Every "start of frame" marker but the three numbers in between that mean something else.
const NO_FRAME: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc])

function readJpeg(view: DataView): ImageHeader | null {
  if (view.getUint16(0) !== 0xffd8) return null
  let upright = true
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (isFrame(marker)) {
      const height = view.getUint16(at + 5)
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height, transparent: false, upright }
    }
    // The picture itself begins, or ends, and no frame came before it.
    if (marker === 0xda || marker === 0xd9) return null
    if (marker === 0xe1) upright = upright && isUpright(view, at + 4)
    // A marker may be padded with more of its first byte.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)
}

const ORIENTATION = 0x0112
const UPRIGHT = 1

/** Reads the orientation from the camera's notes that start here, if they are such notes. */
function isUpright(view: DataView, start: number): boolean {
  if (!startsWith(view, start, 'Exif')) return true
  const tiff = start + 6
  const little = view.getUint16(tiff) === 0x4949
  const list = tiff + view.getUint32(tiff + 4, little)
  const entries = view.getUint16(list, little)
  for (let index = 0; index < entries; index += 1) {
    const entry = list + 2 + index * 12
    if (view.getUint16(entry, little) === ORIENTATION) return view.getUint16(entry + 8, little) === UPRIGHT
  }
  return true
}
