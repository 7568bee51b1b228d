import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { sourceArguments, sourceEnvironment } from '../testing/run-source'
import { BALLAST_BYTES, createBallast } from './ballast'
import { createDiskWatch, type DiskWatch, stateOf } from './disk-watch'

const MB = 1024 * 1024

describe('the state of the disk', () => {
  test.each([
    ['enough', 501 * MB, 0],
    ['low', 499 * MB, 0],
    // A copy and an upgrade need more than a large database has.
    ['low', 2900 * MB, 1000 * MB],
    ['enough', 3001 * MB, 1000 * MB],
    ['very-low', 99 * MB, 0],
    ['full', 3 * MB, 0],
  ] as const)('is %s with %i bytes free beside a database of %i', (state, free, database) => {
    expect(stateOf(free, database, 'enough')).toBe(state)
  })

  test('gets better only with room to spare, so that it does not flicker', () => {
    expect([
      stateOf(510 * MB, 0, 'low'),
      stateOf(551 * MB, 0, 'low'),
      stateOf(105 * MB, 0, 'very-low'),
    ]).toEqual(['low', 'enough', 'very-low'])
  })
})

describe('the watch', () => {
  let free: number
  let said: string[]
  let next: { work: () => void; ms: number } | null
  let hasBallast: boolean
  let watch: DiskWatch
  beforeEach(() => {
    free = 1000 * MB
    said = []
    next = null
    hasBallast = false
    watch = createDiskWatch({
      freeBytes: () => {
        if (free < 0) throw new Error('no disk')
        return free
      },
      databaseBytes: () => MB,
      ballast: {
        take: () => {
          if (!hasBallast) said.push('ballast taken')
          hasBallast = true
          return Promise.resolve()
        },
        free: () => {
          const had = hasBallast
          hasBallast = false
          return had
        },
      },
      onState: ({ state }) => said.push(state),
      onRoom: () => said.push('room'),
      onProblem: () => said.push('problem'),
      later: (work, ms) => {
        next = { work, ms }
        return () => {
          next = null
        }
      },
    })
  })
  const lookAgain = () => {
    next?.work()
  }

  test('looks once a minute while there is room, and every five seconds when there is not', () => {
    watch.look()
    const calm = next?.ms
    free = 80 * MB
    lookAgain()
    expect([calm, next?.ms, said, watch.mayStoreFiles()]).toEqual([
      60_000,
      5000,
      ['ballast taken', 'very-low'],
      false,
    ])
  })

  test('gives up the ballast once when the disk is full, and takes it again when there is room', () => {
    watch.look()
    free = 0
    watch.noteFull()
    watch.noteFull()
    free = 20 * MB
    lookAgain()
    free = 900 * MB
    lookAgain()
    expect(said).toEqual(['ballast taken', 'full', 'room', 'very-low', 'room', 'enough', 'ballast taken'])
  })

  test('text goes on while attachments wait, and nothing is said twice', () => {
    free = 50 * MB
    watch.look()
    lookAgain()
    lookAgain()
    expect(said).toEqual(['very-low'])
  })

  test('a disk that can not be asked changes nothing and is asked again', () => {
    watch.look()
    free = -1
    lookAgain()
    expect([said, watch.disk().state, next?.ms]).toEqual([['ballast taken', 'problem'], 'enough', 60_000])
  })

  test('a watch that has been stopped does nothing', () => {
    watch.look()
    watch.stop()
    watch.look()
    expect(next).toBeNull()
  })
})

describe('the ballast', () => {
  test('takes its room on the disk once, for nobody else to read, and gives it back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-'))
    const path = join(folder, 'ballast.bin')
    const ballast = createBallast(folder)
    await Promise.all([ballast.take(), ballast.take()])
    const { size, mode, blocks } = statSync(path)
    const freed = [ballast.free(), ballast.free()]
    rmSync(folder, { recursive: true })
    // Real blocks: a file with a hole would give nothing back.
    expect([size, mode & 0o777, blocks * 512 >= BALLAST_BYTES, freed]).toEqual([
      BALLAST_BYTES,
      0o600,
      true,
      [true, false],
    ])
  })

  test('that was written in part is written anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-'))
    writeFileSync(join(folder, 'ballast.bin'), 'short')
    await createBallast(folder).take()
    const { size } = statSync(join(folder, 'ballast.bin'))
    rmSync(folder, { recursive: true })
    expect(size).toBe(BALLAST_BYTES)
  })

  const canMount = process.platform === 'linux' && spawnSync('unshare', ['-Urm', 'true']).status === 0
  test.skipIf(!canMount)('on a disk that is full gives a database room for what is on its way', () => {
    const folder = mkdtempSync(join(tmpdir(), 'full-disk-'))
    const child = new URL('./full-disk-child-fixture.ts', import.meta.url)
    const mount = `mount -t tmpfs -o size=16m tmpfs '${folder}' && exec "$@"`
    const args = ['-Urm', 'sh', '-c', mount, 'sh', process.execPath, ...sourceArguments(child, folder)]
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', env: sourceEnvironment })
    rmSync(folder, { recursive: true, force: true })
    expect([stderr, JSON.parse(stdout)]).toEqual([
      '',
      {
        // Even a row of a few bytes is refused, and after the ballast has gone a hundred large ones fit.
        refused: 'SQLITE_FULL',
        freed: true,
        saved: 100,
        integrity: 'ok',
        states: ['full'],
        rooms: 1,
        // With the disk full to the brim the program does not even open, and says so.
        opening: 'disk-full',
      },
    ])
  })
})
