import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { pause, RIG, shownState, until } from './child'
import { type Case, type Context, onStage, type Outcome, type Stage } from './stage'

// Disks that are full or broken, and a file that somebody else holds.

const RESIDENTS = 6
const SMALL_DISK = '6m'

function diskCase(name: string, rows: string, act: (stage: Stage) => Promise<void>): Case {
  return {
    group: 'disk',
    name,
    rows,
    run: (context) => onStage(context, { residents: RESIDENTS }, acting(act)),
  }
}

function acting(act: (stage: Stage) => Promise<void>) {
  return async (stage: Stage) => {
    await act(stage)
    const parts = readdirSync(stage.scene.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.part'),
    )
    stage.expect(parts.length === 0, `${parts.length} half files are left`)
    return undefined
  }
}

/** The same on a disk of its own that is so small that a test can fill it. */
function smallDiskCase(name: string, rows: string, act: (stage: Stage, disk: string) => Promise<void>): Case {
  const run = async (context: Context): Promise<Outcome> => {
    const disk = mkdtempSync(join(tmpdir(), 'faults-disk-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK}`, 'tmpfs', disk], {
      encoding: 'utf8',
    })
    if (mounted.status !== 0) throw new Error(`A small disk can't be made here: ${mounted.stderr}`)
    try {
      return await onStage(
        context,
        { residents: RESIDENTS, parent: disk },
        acting((stage) => act(stage, disk)),
      )
    } finally {
      spawnSync('umount', ['--lazy', disk])
      rmSync(disk, { recursive: true, force: true })
    }
  }
  return { group: 'disk', name, rows, run }
}

/** Takes all room that is left. */
function fill(disk: string): void {
  const path = join(disk, 'ballast')
  for (const size of [1 << 20, 1 << 16, 1 << 12]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // Full, for pieces of this size.
    }
  }
}

function free(disk: string): void {
  rmSync(join(disk, 'ballast'), { force: true })
}

const fullWhileReceiving = smallDiskCase(
  'the disk is full while messages come, and has room again',
  '34, 35',
  async (stage, disk) => {
    const child = stage.start()
    await until('receiving', () => shownState(child.said) === 'receiving')
    stage.move(2)
    await until(
      'a card',
      () => stage.scene.query('select 1 from cards where message_id is not null').length > 0,
    )
    fill(disk)
    stage.move()
    await until('it to be shown', () => shownState(child.said) === 'offline disk-full')
    const stored = stage.scene.query('select count(*) from inbox')[0]?.[0]
    await pause(1_500)
    stage.expect(
      stage.scene.simulator.pendingUpdates().length > 0,
      `Telegram keeps nothing, though only ${String(stored)} could be stored`,
    )
    free(disk)
    child.tell('retry')
    await stage.finish()
  },
)

const fullAgainAndAgain = smallDiskCase(
  'the disk is full at any moment, also while the program is killed',
  '34, 35',
  async (stage, disk) => {
    const { random } = stage
    for (let round = 1; round <= RESIDENTS; round += 1) {
      const child = stage.start()
      await child.ready
      stage.move(round)
      await pause(random.below(250))
      fill(disk)
      stage.note(`full in round ${round}`)
      stage.move(round)
      await pause(200 + random.below(300))
      if (random.chance(0.5)) {
        child.kill('SIGKILL')
        stage.counted.kills += 1
      } else {
        child.tell('stop')
      }
      await child.ended
      free(disk)
    }
    stage.start()
    await stage.finish()
  },
)

const startsOnFullDisk = smallDiskCase('a start on a full disk', '34', async (stage, disk) => {
  fill(disk)
  const child = stage.start()
  stage.move()
  await Promise.race([child.ended, pause(1_500)])
  stage.note(`${shownState(child.said) ?? 'no state'} ${child.complaints().slice(0, 300)}`)
  free(disk)
  child.kill('SIGKILL')
  await child.ended
  stage.start()
  await stage.finish()
})

/** Faults of single calls to the system, which the recorder plays while a file of this name exists. */
function systemCase(name: string, rows: string, flag: 'full' | 'eio'): Case {
  return diskCase(name, rows, async (stage) => {
    const place = mkdtempSync(join(tmpdir(), 'faults-record-'))
    const log = join(place, 'record')
    const env = { LD_PRELOAD: RIG.recorder, FAULT_FOLDER: stage.scene.folder, FAULT_LOG: log }
    const switchFile = `${log}.${flag}`
    try {
      for (let round = 1; round <= RESIDENTS; round += 1) {
        const child = stage.start({}, env)
        await child.ready
        stage.move(round)
        await pause(stage.random.below(200))
        writeFileSync(switchFile, '')
        stage.move(round)
        await pause(200 + stage.random.below(200))
        const isKilled = stage.random.chance(0.5)
        if (isKilled) {
          child.kill('SIGKILL')
          stage.counted.kills += 1
          await child.ended
        }
        rmSync(switchFile)
        if (isKilled) continue
        child.tell('retry')
        await pause(300)
        child.tell('stop')
        await child.ended
      }
      stage.start()
      await stage.finish()
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
}

const secondStart = diskCase('a second program on the same data', '39', async (stage) => {
  const first = stage.start()
  await first.ready
  stage.move(3)
  const second = stage.start()
  const end = await Promise.race([second.ended, pause(10_000).then(() => 'nothing')])
  stage.expect(
    end === 'exit 3' && 'claimed' in (second.said[0] ?? {}),
    `the second program ended with ${end}`,
  )
  stage.children.pop()
  await stage.finish()
})

const held = diskCase('another program holds the file for three seconds', '40', async (stage) => {
  const child = stage.start()
  await until('receiving', () => shownState(child.said) === 'receiving')
  const other = new BetterSqlite3(join(stage.scene.folder, 'dispatcher.db'))
  other.exec('begin immediate')
  stage.move()
  await pause(3_000)
  other.exec('rollback')
  other.close()
  child.tell('retry')
  await stage.finish()
})

/** Everything about disks. */
export const DISK_CASES: readonly Case[] = [
  fullWhileReceiving,
  fullAgainAndAgain,
  startsOnFullDisk,
  systemCase('no write finds room, at any moment', '34, 35', 'full'),
  systemCase('no sync succeeds, at any moment', '34', 'eio'),
  secondStart,
  held,
]
