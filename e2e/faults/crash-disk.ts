import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Op } from './recording'
import type { Random } from './random'

// A disk as it is allowed to be after the power went: what was synced is there, of everything else any part may be.

/** What the cut leaves of what was not synced. */
export const CUTS = ['nothing', 'everything', 'prefix', 'subset', 'late-only', 'torn'] as const
export type Cut = (typeof CUTS)[number]

/** Disks write whole sectors of so many bytes. */
const SECTOR = 512

type Pending =
  | { readonly seq: number; readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly seq: number; readonly kind: 'truncate'; readonly size: number }
type File = { readonly durable: Content; pending: Pending[]; readonly isFolder?: true }
type Naming = { readonly seq: number; readonly apply: (names: Map<string, File>) => void }

/** The bytes of a file, in a buffer that grows ahead of them: a log takes thousands of small writes. */
class Content {
  #buffer: Buffer
  #size: number

  constructor(bytes: Buffer) {
    this.#buffer = Buffer.from(bytes)
    this.#size = bytes.length
  }

  apply(step: Pending): void {
    if (step.kind === 'write') {
      this.#resize(Math.max(this.#size, step.offset + step.data.length))
      step.data.copy(this.#buffer, step.offset)
    } else {
      this.#resize(step.size)
    }
  }

  #resize(size: number): void {
    if (size > this.#buffer.length) {
      const larger = Buffer.alloc(2 * size)
      this.#buffer.copy(larger, 0, 0, this.#size)
      this.#buffer = larger
    }
    // What is taken off must not come back when the file grows again.
    if (size < this.#size) this.#buffer.fill(0, size, this.#size)
    this.#size = size
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size)
  }

  copy(): Content {
    return new Content(this.bytes())
  }
}

/** The disk of a recorded program; steps are played onto it one after the other. */
export class CrashDisk {
  readonly #root: string
  readonly #names = new Map<string, File>()
  readonly #durableNames = new Map<string, File>()
  /** Changes of names that are not synced yet, by folder, in their order. */
  readonly #namings = new Map<string, Naming[]>()
  readonly #present = new Set<string>()
  /** Folders made since the record began. */
  readonly #folders = new Set<string>()
  #seq = 0

  /** `present` is what lay in the folder, safely, before the record began; paths relative to it. */
  constructor(root: string, present: ReadonlyMap<string, Buffer>) {
    this.#root = root
    for (const [path, bytes] of present) {
      const file: File = { durable: new Content(bytes), pending: [] }
      this.#names.set(join(root, path), file)
      this.#durableNames.set(join(root, path), file)
      for (let above = dirname(join(root, path)); above.length > root.length; above = dirname(above))
        this.#present.add(above)
    }
  }

  play(op: Op): void {
    this.#seq += 1
    switch (op.kind) {
      case 'write':
        this.#file(op.path).pending.push({ seq: this.#seq, kind: 'write', offset: op.offset, data: op.data })
        break
      case 'truncate':
        this.#file(op.path).pending.push({ seq: this.#seq, kind: 'truncate', size: op.size })
        break
      case 'create':
        this.#create(op.path)
        break
      case 'rename':
        this.#rename(op.path, op.to)
        break
      case 'link':
        this.#link(op.path, op.to)
        break
      case 'unlink':
        this.#name(dirname(op.path), (names) => names.delete(op.path))
        break
      case 'sync':
        this.#sync(op.path)
        break
      case 'folder':
        this.#makeFolder(op.path)
        break
      case 'out':
      case 'mark':
        break
    }
  }

  /** Whether anything has been written that is not synced: without it all cuts leave the same. */
  hasPending(): boolean {
    return [...this.#names.values()].some(({ pending }) => pending.length > 0) || this.#namings.size > 0
  }

  /** Writes what a cut now would leave into a folder. */
  writeImage(folder: string, cut: Cut, random: Random): void {
    const until = cut === 'prefix' ? random.below(this.#seq + 1) : this.#seq
    const names = this.#keptNames(cut, until, random)
    for (const [path, file] of names) {
      if (file.isFolder === true || !this.#isReached(path, names)) continue
      const target = join(folder, relative(this.#root, path))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, contentAfter(file, cut, until, random))
    }
  }

  #file(path: string): File {
    const known = this.#names.get(path)
    if (known) return known
    // Made before the record could see it: by a name relative to another folder, for example.
    return this.#create(path)
  }

  #create(path: string): File {
    const file: File = { durable: new Content(Buffer.alloc(0)), pending: [] }
    this.#name(dirname(path), (names) => names.set(path, file))
    return file
  }

  /** A folder is a name in the folder above it, and as lost as any other until that one is synced. */
  #makeFolder(path: string): void {
    if (this.#names.has(path) || this.#present.has(path) || path === this.#root) return
    const folder: File = { durable: new Content(Buffer.alloc(0)), pending: [], isFolder: true }
    this.#folders.add(path)
    this.#name(dirname(path), (names) => names.set(path, folder))
  }

  #rename(from: string, to: string): void {
    const file = this.#names.get(from)
    if (!file) return
    this.#name(dirname(to), (names) => {
      names.delete(from)
      names.set(to, file)
    })
  }

  #link(from: string, to: string): void {
    const file = this.#names.get(from)
    if (file) this.#name(dirname(to), (names) => names.set(to, file))
  }

  #name(folder: string, apply: Naming['apply']): void {
    apply(this.#names)
    const waiting = this.#namings.get(folder) ?? []
    waiting.push({ seq: this.#seq, apply })
    this.#namings.set(folder, waiting)
  }

  #sync(path: string): void {
    const file = this.#names.get(path)
    if (file && file.isFolder !== true) {
      for (const step of file.pending) file.durable.apply(step)
      file.pending = []
      return
    }
    for (const { apply } of this.#namings.get(path) ?? []) apply(this.#durableNames)
    this.#namings.delete(path)
  }

  /** Whether every folder above a file is there. */
  #isReached(path: string, names: ReadonlyMap<string, File>): boolean {
    for (let above = dirname(path); above.length > this.#root.length; above = dirname(above)) {
      if (this.#folders.has(above) && !names.has(above)) return false
    }
    return true
  }

  /** File systems keep the order of names within a folder, so some first part of the changes is there. */
  #keptNames(cut: Cut, until: number, random: Random): Map<string, File> {
    const names = new Map(this.#durableNames)
    for (const waiting of this.#namings.values()) {
      for (const { apply } of waiting.slice(0, keptCount(waiting, cut, until, random))) apply(names)
    }
    return names
  }
}

function keptCount(waiting: readonly Naming[], cut: Cut, until: number, random: Random): number {
  if (cut === 'nothing') return 0
  if (cut === 'everything') return waiting.length
  if (cut === 'prefix') return waiting.filter(({ seq }) => seq <= until).length
  return random.below(waiting.length + 1)
}

function contentAfter(file: File, cut: Cut, until: number, random: Random): Buffer {
  const content = file.durable.copy()
  for (const step of keptOf(file.pending, cut, until, random)) content.apply(step)
  return content.bytes()
}

function keptOf(pending: readonly Pending[], cut: Cut, until: number, random: Random): Pending[] {
  switch (cut) {
    case 'nothing':
      return []
    case 'everything':
      return [...pending]
    case 'prefix':
      return pending.filter(({ seq }) => seq <= until)
    case 'subset':
      return pending.filter(() => random.chance(0.5))
    case 'late-only':
      return pending.slice(random.below(pending.length + 1))
    case 'torn':
      return pending.filter(() => random.chance(0.7)).flatMap((step) => torn(step, random))
  }
}

/** The sectors of a write that reached the disk. */
function torn(step: Pending, random: Random): Pending[] {
  if (step.kind === 'truncate' || random.chance(0.4)) return [step]
  const parts: Pending[] = []
  for (let from = 0; from < step.data.length; ) {
    const end = Math.min(step.data.length, from + SECTOR - ((step.offset + from) % SECTOR))
    if (random.chance(0.5))
      parts.push({ ...step, offset: step.offset + from, data: step.data.subarray(from, end) })
    from = end
  }
  return parts
}
