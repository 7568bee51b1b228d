import { appendFileSync } from 'node:fs'

// The record that recorder.c writes, read back; and the marks that the rig itself puts between its entries.

/** One step of the recorded program. Paths are absolute. */
export type Op =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'sync' | 'create' | 'unlink' | 'folder'; readonly path: string }
  | { readonly kind: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'out'; readonly fd: number; readonly data: Buffer }
  /** Something that the rig knows to have happened by now. */
  | { readonly kind: 'mark'; readonly text: string }

const HEAD = 24
const NAMES = { S: 'sync', C: 'create', U: 'unlink', M: 'folder' } as const

/** Reads the record. A last entry that was cut off by the end of the program is left out. */
export function readRecord(bytes: Buffer): Op[] {
  const ops: Op[] = []
  let at = 0
  while (at + HEAD <= bytes.length) {
    const pathLength = bytes.readUInt32LE(at + 4)
    const dataLength = bytes.readUInt32LE(at + 16)
    const end = at + HEAD + pathLength + dataLength
    if (end > bytes.length) break
    const path = bytes.toString('utf8', at + HEAD, at + HEAD + pathLength)
    const data = bytes.subarray(at + HEAD + pathLength, end)
    const number = Number(bytes.readBigUInt64LE(at + 8))
    ops.push(opOf(String.fromCharCode(bytes[at] ?? 0), path, number, data, bytes.readUInt32LE(at + 20)))
    at = end
  }
  return ops
}

function opOf(letter: string, path: string, number: number, data: Buffer, fd: number): Op {
  switch (letter) {
    case 'W':
      return { kind: 'write', path, offset: number, data }
    case 'T':
      return { kind: 'truncate', path, size: number }
    case 'R':
      return { kind: 'rename', path, to: data.toString('utf8') }
    case 'L':
      return { kind: 'link', path: data.toString('utf8'), to: path }
    case 'N':
      return { kind: 'out', fd, data }
    case 'P':
      return { kind: 'mark', text: data.toString('utf8') }
    case 'S':
    case 'C':
    case 'U':
    case 'M':
      return { kind: NAMES[letter], path }
    default:
      throw new Error(`The record has an entry of an unknown kind: ${letter}`)
  }
}

/** Adds a mark to a record that is being written. */
export function markRecord(path: string, text: string): void {
  const data = Buffer.from(text)
  const head = Buffer.alloc(HEAD)
  head.write('P', 0)
  head.writeUInt32LE(data.length, 16)
  appendFileSync(path, Buffer.concat([head, data]))
}

/** A call to the Bot API as it left the program; `at` is the index of its first step in the record. */
export type Call = {
  readonly at: number
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The calls that left the program, from the bytes that went through its sockets. Uploads have no parameters here. */
export function callsOf(ops: readonly Op[]): Call[] {
  const calls: Call[] = []
  for (const [at, op] of ops.entries()) {
    if (op.kind !== 'out' || op.fd === 1) continue
    const text = op.data.toString('utf8')
    for (const found of text.matchAll(/(?:POST|GET) \/bot[^/]+\/(\w+) HTTP/gu)) {
      calls.push({ at, method: found[1] ?? '', params: paramsAfter(text, found.index, ops, at) })
    }
  }
  return calls
}

function paramsAfter(text: string, from: number, ops: readonly Op[], at: number): Record<string, unknown> {
  const headEnd = text.indexOf('\r\n\r\n', from)
  const length = Number(/content-length: (\d+)/iu.exec(text.slice(from))?.[1] ?? 0)
  const first = ops[at]
  if (headEnd < 0 || length === 0 || first?.kind !== 'out') return {}
  let body = Buffer.from(text.slice(headEnd + 4))
  // The body may have left in a write of its own.
  for (let next = at + 1; body.length < length && next < ops.length; next += 1) {
    const op = ops[next]
    if (op?.kind === 'out' && op.fd === first.fd) body = Buffer.concat([body, op.data])
  }
  try {
    return JSON.parse(body.subarray(0, length).toString('utf8')) as Record<string, unknown>
  } catch {
    // A form with an upload.
    return {}
  }
}

/** Lines that the program printed, with the index of the step that printed them. */
export function linesOf(ops: readonly Op[]): { readonly at: number; readonly text: string }[] {
  return ops.flatMap((op, at) =>
    op.kind === 'out' && op.fd === 1
      ? op.data
          .toString('utf8')
          .split('\n')
          .filter((text) => text !== '')
          .map((text) => ({ at, text }))
      : [],
  )
}
