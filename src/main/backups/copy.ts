import { rmSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { attachCopy, differenceOfTallies, differenceOfSchema, sharesOf } from '../db/backups/compare'
import { type Facts, factsOf, storedHashes } from '../db/backups/facts'
import { type Moment, openLock, openMoment, type WriteLock } from '../db/backups/snapshot'
import { damageOf } from '../db/backups/soundness'
import type { Sqlite } from '../db/connection'
import { type Copier, type Finding, type Queue, workOff } from './copier'
import { asBackupError, BackupError } from './errors'

/** Where the making of a copy stands. */
export type CopyStep = 'copying' | 'comparing'

/** A proven copy. */
export type Copied = {
  readonly facts: Facts
  /** The files of requests that it names, by hash. */
  readonly hashes: readonly string[]
  readonly sha256: string
  readonly sizeBytes: number
}

type CopyOptions = {
  readonly source: string
  /** Name of the new file; nothing is there yet. */
  readonly target: string
  readonly copier: Copier
  /** Whether the structure of the original is looked through too, which takes as long as the copy. */
  readonly look: 'orphans' | 'short'
  readonly onStep: (step: CopyStep) => void
}

/** Writers wait no longer than this, in ms: less than anybody notices, and than the program waits for a lock. */
const HOLD_MS = 50
/** How often a copy is begun anew because a writer came between. */
const ATTEMPTS = 5

/** Once the copy has a first page its moment is fixed. */
async function hasBegun(target: string, copying: Promise<unknown>, onTooLong: () => void): Promise<void> {
  const state = { hasEnded: false }
  const end = () => {
    state.hasEnded = true
  }
  copying.then(end, end)
  const started = performance.now()
  while (!state.hasEnded && sizeOf(target) === 0) {
    await pause(1)
    if (performance.now() - started > HOLD_MS) onTooLong()
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

type Begun = { readonly moment: Moment; readonly copying: Promise<unknown> }

/** Begins the copy while no writer can come between, so that it is of exactly the moment that it is compared with. */
async function begin(options: CopyOptions): Promise<Begun> {
  const lock = openLock(options.source)
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const begun = await tryToBegin(options, lock)
      if (begun !== null) return begun
    }
    throw new BackupError('backup-failed', 'Others write too much for a copy to begin')
  } finally {
    lock.close()
  }
}

/** Null when the lock had to be given up and somebody has written before the copy had its moment. */
async function tryToBegin({ source, target, copier }: CopyOptions, lock: WriteLock): Promise<Begun | null> {
  // All that takes time, before anybody has to wait.
  await copier.order({ kind: 'prepare', source })
  const moment = openMoment(source)
  try {
    lock.hold()
    moment.begin()
    const copying = copier.order({ kind: 'copy', target })
    await hasBegun(target, copying, lock.release)
    const isSameMoment = lock.isUndisturbed()
    lock.release()
    if (isSameMoment) return { moment, copying }
    moment.close()
    await copying
    rmSync(target, { force: true })
    return null
  } catch (error) {
    moment.close()
    throw error
  }
}

async function prove(moment: Sqlite, { target, copier }: CopyOptions): Promise<NonNullable<Finding['hash']>> {
  attachCopy(moment, target)
  const problem = differenceOfSchema(moment)
  if (problem !== null) throw new BackupError('backup-damaged', `The copy is useless: ${problem}`)
  const queue: Queue = {
    tasks: [{ kind: 'hash' }, ...sharesOf(moment)],
    next: new SharedArrayBuffer(4),
  }
  const theirs = copier.order<Finding>({ kind: 'prove', queue, target })
  // This thread does not come back to its event loop before its share is done.
  const ours = workOff(moment, queue, target)
  const findings = [ours, await theirs]
  const difference =
    findings.find((finding) => finding.difference !== null)?.difference ??
    differenceOfTallies(
      moment,
      findings.map(({ found }) => found),
    )
  if (difference !== null) throw new BackupError('backup-damaged', `The copy is useless: ${difference}`)
  const hash = findings.find((finding) => finding.hash !== null)?.hash
  if (!hash) throw new BackupError('backup-damaged', 'The copy was not read back')
  return hash
}

/**
 * Copies a live database into a new file and proves that it holds, value by value, what the original held at one
 * moment, while others go on writing: docs/decisions/0014-proving-a-backup.md. The file is on the disk, but under the
 * name given. Throws a BackupError and leaves no file otherwise.
 */
export async function copyLive(options: CopyOptions): Promise<Copied> {
  const { target, onStep } = options
  let moment: Moment | undefined
  let isCopied = false
  try {
    const begun = await begin(options)
    moment = begun.moment
    onStep('copying')
    // The copy will say the same as this moment, so what is looked at here, while it is written, holds for it too.
    const { sqlite } = moment
    const damage = damageOf(sqlite, options.look)
    const facts = factsOf(sqlite)
    const hashes = storedHashes(sqlite)
    await begun.copying
    isCopied = true
    if (damage !== null) throw new BackupError('data-damaged', `The data can not be copied: ${damage}`)
    onStep('comparing')
    const hash = await prove(sqlite, options)
    return { facts, hashes, ...hash }
  } catch (cause) {
    await options.copier.close()
    // A full disk leaves a file of 0 bytes, which SQLite would open as a sound, empty database.
    for (const suffix of ['', '-journal']) rmSync(target + suffix, { force: true })
    throw asBackupError(cause, 'The copy could not be made', isCopied ? 'backup-damaged' : 'data-damaged')
  } finally {
    moment?.close()
  }
}
