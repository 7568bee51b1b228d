import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ErrorKind } from '../../shared/model/errors'
import { removeFile, writePrivateFile } from '../settings/private-file'
import type { EntryError } from './entry-error'
import { topicOf } from './topics'

const FILE = 'errors.json'
/** Beyond this the kind that has not happened for the longest time is forgotten. */
const MOST_KINDS = 100
/** Errors come in rows: they are written together, this long after the first, in ms. */
const WRITE_AFTER_MS = 3000

const Kept = z.object({ format: z.literal(1), kinds: z.array(ErrorKind).max(MOST_KINDS) })

type BookOptions = {
  readonly folder: string
  readonly version: string
  /** Called after the list has changed. Must not log. */
  readonly onChange?: () => void
  readonly writeAfterMs?: number
}

/** The errors of this desk, counted by kind. */
export type ErrorBook = {
  readonly note: (error: EntryError) => void
  /** The kind that happened last first. */
  readonly list: () => readonly ErrorKind[]
  readonly markRead: () => void
  readonly clear: () => void
  /** Writes what has not been written yet. */
  readonly close: () => void
}

/**
 * Opens the list of errors, `<folder>/errors.json`: beside the database, so that it works when the database is what
 * is wrong. Nothing is read before something is asked or has happened. Never throws.
 */
export function openErrorBook({
  folder,
  version,
  onChange,
  writeAfterMs = WRITE_AFTER_MS,
}: BookOptions): ErrorBook {
  const path = join(folder, FILE)
  let kinds: Map<string, ErrorKind> | null = null
  let timer: NodeJS.Timeout | null = null

  const all = () => (kinds ??= readKinds(path))
  const write = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    keep(path, [...all().values()])
  }
  const changed = () => {
    timer ??= setTimeout(write, writeAfterMs)
    onChange?.()
  }
  const replace = (next: readonly ErrorKind[]) => {
    kinds = new Map(next.map((kind) => [kind.id, kind]))
    write()
    onChange?.()
  }
  return {
    note: (error) => {
      const known = all()
      const kind = counted(known.get(idOf(error)), error, version)
      known.set(kind.id, kind)
      if (known.size > MOST_KINDS) forgetOldest(known)
      changed()
    },
    list: () => [...all().values()].sort((a, b) => b.lastAt - a.lastAt),
    markRead: () => {
      replace([...all().values()].map((kind) => ({ ...kind, isNew: false })))
    },
    clear: () => {
      replace([])
    },
    close: () => {
      if (timer !== null) write()
    },
  }
}

function idOf({ scope, code, sentence }: EntryError): string {
  return [scope, code, sentence].join(' | ')
}

function counted(before: ErrorKind | undefined, error: EntryError, version: string): ErrorKind {
  const { at, scope, code, sentence, detail, frames } = error
  return {
    id: idOf(error),
    topic: topicOf(scope, code),
    scope,
    code,
    sentence,
    detail,
    frames: [...frames],
    count: (before?.count ?? 0) + 1,
    // The clock may have been set back.
    firstAt: Math.min(before?.firstAt ?? at, at),
    lastAt: Math.max(before?.lastAt ?? at, at),
    isNew: true,
    version,
  }
}

function forgetOldest(kinds: Map<string, ErrorKind>): void {
  const [oldest] = [...kinds.values()].sort((a, b) => a.lastAt - b.lastAt)
  if (oldest !== undefined) kinds.delete(oldest.id)
}

/** A file that is missing, damaged or of another version counts as an empty list: it is no more than a help. */
function readKinds(path: string): Map<string, ErrorKind> {
  try {
    const { kinds } = Kept.parse(JSON.parse(readFileSync(path, 'utf8')))
    return new Map(kinds.map((kind) => [kind.id, kind]))
  } catch {
    return new Map()
  }
}

function keep(path: string, kinds: readonly ErrorKind[]): void {
  try {
    if (kinds.length === 0) removeFile(path)
    else writePrivateFile(path, `${JSON.stringify({ format: 1, kinds })}\n`)
  } catch {
    // The disk is full or gone: the list goes on in memory, and is written at the next change.
  }
}
