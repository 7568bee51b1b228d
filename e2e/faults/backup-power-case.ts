import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashFile } from '../../src/main/backups/disk'
import { finishRestore } from '../../src/main/backups/finish-restore'
import type { Manifest } from '../../src/main/backups/manifest'
import { fileOf, readFilesList, readShelf, shelfOf, storedFileOf } from '../../src/main/backups/shelf'
import { problemOf } from '../../src/main/backups/unpack'
import { type BackupRecording, contentOf, recordBackup, type Work } from './backup-recording'
import { RIG } from './child'
import { CrashDisk, CUTS } from './crash-disk'
import type { Violation } from './invariants'
import { randomOf } from './random'
import { openOfficeHere, queryFolder } from './scene'
import type { Case, Context, Outcome } from './stage'

type Kind = { readonly work: Work; readonly name: string; readonly images: number }

const KINDS: readonly Kind[] = [
  { work: 'make', name: 'while a backup is made', images: 15 },
  { work: 'make-first', name: 'while the first backup is made', images: 10 },
  { work: 'restore', name: 'while a backup is restored', images: 25 },
]

/** The power is cut at any step of making or restoring a backup. */
export const BACKUP_POWER_CASES: readonly Case[] = KINDS.map((kind) => ({
  group: 'power',
  name: `power cut ${kind.name}`,
  rows: '6, 48',
  run: (context) => cutPower(kind, context),
}))

async function cutPower({ work, images }: Kind, { seed, share, keep }: Context): Promise<Outcome> {
  if (RIG.recorder === '') throw new Error('there is no recorder')
  const random = randomOf(seed)
  const recording = await recordBackup(work)
  const { ops, scene } = recording
  const disk = new CrashDisk(scene.folder, recording.files)
  // What was told to be done is worth a second look.
  const afters = Array.from({ length: Math.round(images * share) }, () =>
    random.chance(0.2) ? recording.doneAt + 1 : 1 + random.below(ops.length),
  ).sort((a, b) => a - b)
  const violations: Violation[] = []
  const steps: string[] = []
  let played = 0
  try {
    for (const after of afters) {
      for (; played < after; played += 1) {
        const op = ops[played]
        if (op) disk.play(op)
      }
      const cut = random.pick(CUTS)
      const folder = mkdtempSync(join(tmpdir(), 'faults-image-'))
      disk.writeImage(folder, cut, random)
      cpSync(folder, `${folder}-as-cut`, { recursive: true })
      const found = await checkImage(recording, work, folder, after)
      if (found.length > 0) {
        violations.push(...found)
        steps.push(`cut after step ${after} of ${ops.length} (done at ${recording.doneAt}), ${cut} kept`)
        mkdirSync(keep, { recursive: true })
        cpSync(`${folder}-as-cut`, join(keep, `after-${after}-${cut}`), { recursive: true })
      }
      for (const end of ['', '-as-cut']) rmSync(folder + end, { recursive: true, force: true })
    }
  } finally {
    await recording.close()
  }
  return { counted: { images: afters.length }, violations, steps }
}

async function checkImage(
  recording: BackupRecording,
  work: Work,
  folder: string,
  after: number,
): Promise<Violation[]> {
  const isDone = after > recording.doneAt
  try {
    finishRestore(folder)
    const office = openOfficeHere(folder, recording.scene.simulator)
    const sound = office.database.sqlite.prepare('pragma integrity_check(1)').pluck().get()
    await office.close()
    if (sound !== 'ok') return [{ kind: 'corrupt', text: `integrity: ${String(sound)}` }]
  } catch (error) {
    return [{ kind: 'corrupt', text: `it can't be opened: ${error instanceof Error ? error.message : ''}` }]
  }
  return [
    ...wrongContent(recording, work, folder, isDone),
    ...filesOf(folder),
    ...wrongShelf(recording, work, folder, isDone),
  ]
}

/** Either what was there or what was restored, whole; after it was told to be done, nothing else than that. */
function wrongContent(
  { present, older }: BackupRecording,
  work: Work,
  folder: string,
  isDone: boolean,
): Violation[] {
  const content = contentOf(folder)
  const isRight =
    work !== 'restore' ? content === present : content === older || (content === present && !isDone)
  return isRight
    ? []
    : [{ kind: 'lost', text: `the data are not those ${isDone ? 'promised' : 'of either'}` }]
}

/** The files that the database says are on the disk must be there, whole. */
function filesOf(folder: string): Violation[] {
  const hashes = queryFolder(folder, "select sha256 from files where state = 'stored'").flat().map(String)
  return hashes
    .filter((hash) => !isWhole(join(folder, 'files', hash.slice(0, 2), hash), hash))
    .map(() => ({ kind: 'lost', text: 'a file of a request is not there' }))
}

function isWhole(path: string, sha256: string): boolean {
  try {
    return hashFile(path).sha256 === sha256
  } catch {
    return false
  }
}

/** Every backup that counts is whole; the older one still does; what was told to be made, or kept, is among them. */
function wrongShelf(
  { present, older, olderId }: BackupRecording,
  work: Work,
  folder: string,
  isDone: boolean,
): Violation[] {
  const shelf = shelfOf(folder)
  const backups = readShelf(shelf)
  const violations: Violation[] = backups
    .filter((manifest) => !isBackupWhole(shelf, manifest))
    .map(({ reason }) => ({ kind: 'corrupt', text: `a ${reason} backup counts and is damaged` }))
  if (olderId !== null && !backups.some(({ id }) => id === olderId))
    violations.push({ kind: 'lost', text: 'the older backup is gone' })
  if (work !== 'restore' && isDone && !backups.some(({ id }) => id !== olderId))
    violations.push({ kind: 'lost', text: 'a backup that was told to be made is gone' })
  const isRestored = work === 'restore' && contentOf(folder) === older && older !== present
  if (isRestored && !backups.some(({ reason }) => reason === 'before-restore'))
    violations.push({ kind: 'lost', text: 'what was there before the restore is gone' })
  return violations
}

function isBackupWhole(shelf: string, manifest: Manifest): boolean {
  const hashes = readFilesList(shelf, manifest)
  if (hashes === null || !hashes.every((hash) => isWhole(storedFileOf(shelf, hash, false), hash)))
    return false
  const path = fileOf(shelf, manifest)
  return isWhole(path, manifest.sha256) && problemOf(path, manifest) === null
}
