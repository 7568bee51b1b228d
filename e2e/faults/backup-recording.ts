import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Job, JobResults } from '../../src/main/backups/jobs'
import { runInThread } from '../../src/main/backups/run-job'
import { shelfOf } from '../../src/main/backups/shelf'
import { RIG } from './child'
import { linesOf, type Op, readRecord } from './recording'
import { filesBelow, openOfficeHere, openScene, queryFolder, type Scene } from './scene'

/** What is recorded: a backup beside an older one, the very first one, or the restore of one. */
export type Work = 'make' | 'make-first' | 'restore'

/** The rows that people would miss, as text. */
export type Content = string

/** Work on backups with everything that it wrote and synced. */
export type BackupRecording = {
  readonly scene: Scene
  /** What lay in the folder before. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly ops: readonly Op[]
  /** Step by which somebody had been told that it is done. */
  readonly doneAt: number
  /** The older backup; null when there is none. */
  readonly olderId: string | null
  readonly present: Content
  /** What the older backup holds. */
  readonly older: Content
  readonly close: () => Promise<void>
}

const KEPT = ['users', 'buildings', 'units', 'requests', 'comments', 'files']

/** Reads what people would miss. */
export function contentOf(folder: string): Content {
  return JSON.stringify(KEPT.map((table) => queryFolder(folder, `select * from ${table} order by id`)))
}

/** Records one piece of work on an office with requests and files of theirs. */
export async function recordBackup(work: Work): Promise<BackupRecording> {
  const scene = await openScene({ residents: 0 })
  const { folder } = scene
  addFile(folder, 'first')
  const older = contentOf(folder)
  const olderId = work === 'make-first' ? null : await makeOlder(folder)
  await addRequest(scene)
  addFile(folder, 'second')
  const place = mkdtempSync(join(tmpdir(), 'faults-record-'))
  const path = join(place, 'record')
  const files = filesBelow(folder)
  const present = contentOf(folder)
  await runRecorded(jobOf(work, folder, olderId), {
    LD_PRELOAD: RIG.recorder,
    FAULT_FOLDER: folder,
    FAULT_LOG: path,
  })
  const ops = readRecord(readFileSync(path))
  rmSync(place, { recursive: true, force: true })
  const doneAt = linesOf(ops).find(({ text }) => text === 'done')?.at
  if (doneAt === undefined) throw new Error('The recorded work did not say that it was done')
  return { scene, files, ops, doneAt, olderId, present, older, close: () => scene.close() }
}

function threadFile(): string {
  return join(RIG.built, 'backup-thread.js')
}

function makeJob(folder: string, now: number): Extract<Job, { kind: 'make' }> {
  return {
    kind: 'make',
    dataFolder: folder,
    reason: 'by-hand',
    appVersion: '0.1.0',
    now,
    lock: null,
    pinned: false,
    threadFile: threadFile(),
  }
}

async function makeOlder(folder: string): Promise<string> {
  const { manifest }: JobResults['make'] = await runInThread(
    makeJob(folder, Date.now() - 60_000),
    threadFile(),
  )
  return manifest.id
}

function jobOf(work: Work, folder: string, id: string | null): Job {
  if (work !== 'restore' || id === null) return makeJob(folder, Date.now())
  return {
    kind: 'restore',
    dataFolder: folder,
    shelf: shelfOf(folder),
    id,
    knownVersion: 1000,
    key: null,
    passphrase: null,
    appVersion: '0.1.0',
    now: Date.now(),
    lock: null,
    presentIsSound: true,
    threadFile: threadFile(),
  }
}

async function addRequest(scene: Scene): Promise<void> {
  const office = openOfficeHere(scene.folder, scene.simulator)
  const given = { place: 'Attic', unitId: null, reporterName: null, priority: 'HIGH' as const }
  office.useCases.dispatching.create({ ...given, description: 'The roof leaks' })
  await office.close()
}

/** Puts a file of a request onto the disk and into the database, as the downloader leaves it. */
function addFile(folder: string, text: string): void {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const part = join(folder, 'files', sha256.slice(0, 2))
  mkdirSync(part, { recursive: true, mode: 0o700 })
  writeFileSync(join(part, sha256), text, { mode: 0o600 })
  const sqlite = new BetterSqlite3(join(folder, 'dispatcher.db'))
  sqlite
    .prepare(
      `insert into files (id, request_id, file_type, file_id, file_name, uploaded_at, unique_id, state, sha256)
       select ?, id, 'photo', 'x', 'photo.jpg', 1, ?, 'stored', ? from requests order by id limit 1`,
    )
    .run(sha256, sha256, sha256)
  sqlite.close()
}

async function runRecorded(job: Job, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [join(RIG.built, 'backup-child.js')], {
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '',
      NODE_NO_WARNINGS: '1',
      UV_USE_IO_URING: '0',
      FAULT_JOB: JSON.stringify(job),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stdout.resume()
  child.stderr.on('data', (part: Buffer) => {
    complaints += part.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`The recorded work ended with ${String(code)}: ${complaints}`)
}
