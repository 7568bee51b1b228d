import { rmSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { attachCopy, differenceOfSchema, sharesOf } from '../db/backups/compare'
import { type Facts, factsOf, storedHashes } from '../db/backups/facts'
import { lockWriters, openMoment } from '../db/backups/snapshot'
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
  readonly onStep: (step: CopyStep) => void
}

/** When the copy has a first page, its moment is fixed. */
async function hasBegun(target: string, copying: Promise<unknown>): Promise<void> {
  const state = { hasEnded: false }
  const end = () => {
    state.hasEnded = true
  }
  copying.then(end, end)
  while (!state.hasEnded && sizeOf(target) === 0) await pause(1)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Begins the copy while no writer can come between, so that it is of exactly the moment that it is compared with. */
async function begin({ source, target, copier }: CopyOptions) {
  const lock = lockWriters(source)
  let moment: Sqlite | undefined
  try {
    moment = openMoment(source)
    await copier.order({ kind: 'look', source })
    const copying = copier.order({ kind: 'copy', source, target })
    await hasBegun(target, copying)
    return { moment, copying }
  } catch (error) {
    moment?.close()
    throw error
  } finally {
    lock.release()
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
  const difference = findings.find((finding) => finding.difference !== null)?.difference
  if (difference != null) throw new BackupError('backup-damaged', `The copy is useless: ${difference}`)
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
  let moment: Sqlite | undefined
  let isCopied = false
  try {
    const begun = await begin(options)
    moment = begun.moment
    onStep('copying')
    // The copy will say the same as this moment, so what is looked at here, while it is written, holds for it too.
    const damage = damageOf(moment, 'short')
    const facts = factsOf(moment)
    const hashes = storedHashes(moment)
    await begun.copying
    isCopied = true
    if (damage !== null) throw new BackupError('data-damaged', `The data can not be copied: ${damage}`)
    onStep('comparing')
    const hash = await prove(moment, options)
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
