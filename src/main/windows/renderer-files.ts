import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** Types of the files of which a built page consists; others are not served. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
])

/** A file of the built page. */
type RendererFile = {
  readonly bytes: Uint8Array
  readonly type: string
  /** Whether its name changes with its content. */
  readonly hashed: boolean
}

/**
 * Names the file in the built page's folder that an address means, by its parts; null for an address that
 * means none. The page keeps its views behind the `#`, so only `/` stands for index.html.
 */
function rendererPath(pathname: string): readonly string[] | null {
  const decoded = decode(pathname)
  if (decoded === null || !/^\/[\w./@-]*$/.test(decoded)) return null
  const parts = decoded.split('/').filter((part) => part !== '')
  if (parts.some((part) => part.startsWith('.'))) return null
  return parts.length === 0 ? ['index.html'] : parts
}

/** Reads a file of the built page; null when there is none at this address. */
export async function readRendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const parts = rendererPath(pathname)
  const type = TYPES.get(extname(parts?.at(-1) ?? '').toLowerCase())
  if (!parts || type === undefined) return null
  try {
    return { bytes: await readFile(join(folder, ...parts)), type, hashed: parts[0] === 'assets' }
  } catch {
    return null
  }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
