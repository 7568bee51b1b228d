import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashFile } from '../src/main/backups/disk'
import { runInThread } from '../src/main/backups/run-job'
import { openCopying, openToInspect } from '../src/main/db/backups/snapshot'
import { damageOf } from '../src/main/db/backups/soundness'
import { openSqlite } from '../src/main/db/connection'
import { syncFile } from '../src/main/db/sync-to-disk'
import { sleep } from './clock'
import { openOurs } from './commit'
import { archiveOf, copyOf, type Store } from './data-set'
import { measureRounds, type Row } from './row'
import { quantile } from './statistics'

/** How much is measured. */
export type BackupSizes = {
  /** Rounds of the rows. */
  readonly rounds: number
  /** Requests of the office that is backed up and proven while it works. */
  readonly requests: number
}

/** Requests of a file of about 90 MB, as the goal was set with. */
const PLAIN = 25_000
/** Requests of the office that is restored. */
const RESTORED = 100_000
/** Between two commits, in ms. */
const PAUSE_MS = 10
const QUIET_MS = 5_000

const PROVEN_NOTE =
  'The whole of it: two threads are started, the copy is compared value by value with the moment it was taken of, ' +
  'its indexes are counted, `foreign_key_check` runs on the original meanwhile, the file is hashed as it is read ' +
  'back, and the rotation runs. The baseline is `VACUUM INTO` and an fsync, nothing else.'

const timedAsync = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function copyLive(source: string, target: string): void {
  const copying = openCopying(source)
  copying.copyTo(target)
  copying.close()
  syncFile(target)
}

function plainCopy(from: string, to: string): void {
  rmSync(to, { force: true })
  copyFileSync(from, to)
  syncFile(to)
}

/** P18: a compact copy of a live file, against a plain one of a file at rest. */
async function benchPlain(store: Store, copies: string, rounds: number): Promise<Row> {
  const folder = copyOf(archiveOf(PLAIN), store, copies)
  const source = join(folder, 'dispatcher.db')
  const target = join(folder, 'copy.db')
  const live = openSqlite(source)
  live.pragma('wal_checkpoint(TRUNCATE)')
  const contenders = {
    ours: () =>
      timedAsync(async () => {
        rmSync(target, { force: true })
        copyLive(source, target)
        return Promise.resolve()
      }),
    plain: () =>
      timedAsync(() => {
        plainCopy(source, target)
        return Promise.resolve()
      }),
  }
  await measureRounds(1, contenders)
  const measured = await measureRounds(rounds, contenders)
  live.close()
  return {
    id: 'P18',
    name: 'backup of a live file',
    baselineName: 'cp + fsync',
    unit: 'ms',
    ours: measured.ours,
    baseline: measured.plain,
    goal: { atMost: 1.2 },
    note: `${PLAIN.toLocaleString('en-GB')} requests. The plain copy is of a file that nobody writes to: of a live one it would be damaged.`,
  }
}

/** One backup, proven, as the program makes it every hour. */
function proven(dataFolder: string, threadFile: string): Promise<unknown> {
  return runInThread(
    {
      kind: 'make',
      dataFolder,
      reason: 'hourly',
      appVersion: '0.0.0',
      now: Date.now(),
      lock: null,
      pinned: false,
      threadFile,
    },
    threadFile,
  )
}

/** P19 and P20: a proven backup against `VACUUM INTO`, and what commits feel of it. */
async function benchProven(
  store: Store,
  copies: string,
  threadFile: string,
  { rounds, requests }: BackupSizes,
): Promise<Row[]> {
  const folder = copyOf(archiveOf(requests), store, copies)
  mkdirSync(join(folder, 'backups'))
  const source = join(folder, 'dispatcher.db')
  const target = join(folder, 'copy.db')
  const live = openSqlite(source)
  const commit = openOurs(live)
  let step = 0
  const commitsUntil = async (isOver: () => boolean): Promise<number> => {
    const taken: number[] = []
    while (!isOver()) {
      const started = performance.now()
      commit(step)
      taken.push(performance.now() - started)
      step += 1
      await sleep(PAUSE_MS)
    }
    return quantile(taken, 0.95)
  }
  const measured = await measureRounds(rounds, {
    proven: () => timedAsync(() => proven(folder, threadFile)),
    vacuum: () =>
      timedAsync(() => {
        rmSync(target, { force: true })
        copyLive(source, target)
        return Promise.resolve()
      }),
    quiet: () => {
      const end = performance.now() + QUIET_MS
      return commitsUntil(() => performance.now() > end)
    },
    busy: async () => {
      const state = { isOver: false }
      const making = proven(folder, threadFile).finally(() => {
        state.isOver = true
      })
      const slow = await commitsUntil(() => state.isOver)
      await making
      return slow
    },
  })
  live.close()
  const size = requests.toLocaleString('en-GB')
  return [
    {
      id: 'P19',
      name: `backup and proof of ${size} requests`,
      baselineName: 'VACUUM INTO alone',
      unit: 'ms',
      ours: measured.proven,
      baseline: measured.vacuum,
      goal: { atMost: 1.5 },
      note: PROVEN_NOTE,
    },
    {
      id: 'P20',
      name: 'commit during such a backup, 95th percentile',
      baselineName: 'quiet',
      unit: 'ms',
      ours: measured.busy,
      baseline: measured.quiet,
      goal: { atMost: 3 },
      note: `A commit through the use cases every ${String(PAUSE_MS)} ms, each with its fsync.`,
    },
  ]
}

/** P21: a restore against what nobody could leave out. */
async function benchRestore(store: Store, copies: string, threadFile: string, rounds: number): Promise<Row> {
  const folder = copyOf(archiveOf(RESTORED), store, copies)
  mkdirSync(join(folder, 'backups'))
  await proven(folder, threadFile)
  const shelf = join(folder, 'backups')
  const name = readdirSync(shelf).find((known) => known.endsWith('.db')) ?? ''
  const copy = join(folder, 'copy.db')
  const measured = await measureRounds(rounds, {
    ours: () =>
      timedAsync(() =>
        runInThread(
          {
            kind: 'restore',
            dataFolder: folder,
            shelf,
            id: name.slice(0, -'.db'.length),
            knownVersion: 1000,
            key: null,
            passphrase: null,
            appVersion: '0.0.0',
            now: Date.now(),
            lock: null,
            presentIsSound: false,
            threadFile,
          },
          threadFile,
        ),
      ),
    plain: () =>
      timedAsync(() => {
        plainCopy(join(shelf, name), copy)
        hashFile(copy)
        const sqlite = openToInspect(copy)
        damageOf(sqlite, 'long')
        sqlite.close()
        return Promise.resolve()
      }),
  })
  return {
    id: 'P21',
    name: `restore of ${RESTORED.toLocaleString('en-GB')} requests`,
    baselineName: 'plain copy and check',
    unit: 'ms',
    ours: measured.ours,
    baseline: measured.plain,
    goal: { atMost: 2 },
    note: 'The baseline copies the file, hashes it, and runs `integrity_check` and `foreign_key_check`. The present files are kept aside.',
  }
}

/** P18 to P21: making, proving and restoring backups. */
export async function benchBackup(
  store: Store,
  copies: string,
  threadFile: string,
  sizes: BackupSizes,
): Promise<Row[]> {
  return [
    await benchPlain(store, copies, sizes.rounds),
    ...(await benchProven(store, copies, threadFile, sizes)),
    await benchRestore(store, copies, threadFile, sizes.rounds),
  ]
}
