import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type ImageHeader, MOST_PIXELS } from './image-header'

/** Widths in device pixels for which small pictures are made. */
export const THUMBNAIL_WIDTHS: ReadonlySet<number> = new Set([80, 320])
export type Size = { readonly width: number; readonly height: number }
/** Makes a picture of this size; null when it can't be decoded. */
export type Shrink = (bytes: Uint8Array, size: Size, format: 'jpeg' | 'png') => Uint8Array | null

// A strip is cut by the windows to a square; beyond this a longer side shows nothing more.
const LONGEST_RATIO = 4

/** Size at which the shorter side of a picture has this width; null when the picture is not larger. */
export function thumbnailSize({ width, height }: Size, wanted: number): Size | null {
  const shorter = Math.min(width, height)
  const longer = Math.max(width, height)
  const scale = Math.min(wanted / shorter, (wanted * LONGEST_RATIO) / longer)
  if (scale >= 1) return null
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The smaller picture; null when the original has to do. */
export type Thumbnails = {
  /** A small picture made earlier; null when there is none. */
  readonly find: (sha256: string, width: number) => Promise<Uint8Array | null>
  /** Makes and keeps a small picture; null when the original has to be shown. Never rejects. */
  readonly make: (
    sha256: string,
    width: number,
    original: { readonly bytes: Uint8Array; readonly header: ImageHeader },
  ) => Promise<Uint8Array | null>
}

/** Small pictures of stored files, kept in `folder`; they can be thrown away at any time. */
export function createThumbnails({ folder, shrink }: { folder: string; shrink: Shrink }): Thumbnails {
  const making = new Map<string, Promise<Uint8Array | null>>()
  let queue: Promise<unknown> = Promise.resolve()

  function pathOf(sha256: string, width: number): string {
    return join(folder, sha256.slice(0, 2), `${sha256}-${String(width)}`)
  }

  return {
    find: (sha256, width) => readFile(pathOf(sha256, width)).catch(() => null),
    make: (sha256, width, { bytes, header }) => {
      const size = thumbnailSize(header, width)
      if (!size || !isShrinkable(header)) return Promise.resolve(null)
      const path = pathOf(sha256, width)
      const running = making.get(path)
      if (running) return running
      // One at a time and a turn of the event loop in between: decoding holds up everything else.
      const made = queue.then(async () => {
        await setImmediate()
        return makeAndKeep(path, () => shrink(bytes, size, header.transparent ? 'png' : 'jpeg'))
      })
      queue = made
      making.set(path, made)
      void made.finally(() => making.delete(path))
      return made
    },
  }
}

/** Electron decodes JPEG and PNG only and does not turn pictures the way cameras note it. */
function isShrinkable({ type, width, height, upright }: ImageHeader): boolean {
  return (type === 'image/jpeg' || type === 'image/png') && upright && width * height <= MOST_PIXELS
}

async function makeAndKeep(path: string, shrink: () => Uint8Array | null): Promise<Uint8Array | null> {
  try {
    const small = shrink()
    if (!small || small.byteLength === 0) return null
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    await writeFile(`${path}.new`, small, { mode: 0o600 })
    await rename(`${path}.new`, path)
    return small
  } catch {
    // A broken picture or a full disk: the windows show the original.
    return null
  }
}
