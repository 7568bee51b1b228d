import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import type * as NodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openSqlite } from '../connection'
import { CopyFailed } from './errors'
import { upgrade } from './migrate'
import { furnish, openIn, optionsFor, stateOf, tempFolder } from './house-fixture'
import { type CopyStep, copyVerified, findCopy, problemOfCopy } from './verified-copy'

const disk = vi.hoisted(() => ({ calls: [] as string[], opened: new Map<number, string>() }))

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof NodeFs>()
  return {
    ...fs,
    openSync: (path: string, flags: string) => {
      const descriptor = fs.openSync(path, flags)
      disk.opened.set(descriptor, path)
      return descriptor
    },
    fsyncSync: (descriptor: number) => {
      disk.calls.push(`flush ${String(disk.opened.get(descriptor))}`)
      fs.fsyncSync(descriptor)
    },
    renameSync: (from: string, to: string) => {
      disk.calls.push(`rename ${from}`)
      fs.renameSync(from, to)
    },
  }
})

function house() {
  const folder = tempFolder()
  const sqlite = openIn(folder)
  upgrade(sqlite, optionsFor(folder))
  furnish(sqlite)
  const backups = join(folder, 'backups')
  return { sqlite, backups, target: join(backups, 'copy.db'), partial: join(backups, 'copy.db.partial') }
}

const spoil = (path: string, sql: string) => {
  const copy = openSqlite(path)
  copy.pragma('foreign_keys = off')
  copy.exec(sql)
  copy.close()
}

describe('a copy', () => {
  test('is the whole database in one file, and leaves nothing else behind', () => {
    const { sqlite, backups, target } = house()
    const steps: CopyStep[] = []
    copyVerified(sqlite, target, (step) => steps.push(step))
    const copy = openSqlite(target, { readOnly: true })
    expect(stateOf(copy)).toEqual(stateOf(sqlite))
    copy.close()
    expect([steps, readdirSync(backups), problemOfCopy(sqlite, target)]).toEqual([
      ['copying', 'comparing', 'keeping', 'kept'],
      ['copy.db'],
      null,
    ])
  })

  test('is on the disk before it has its name, and then its name is', () => {
    const { sqlite, backups, target, partial } = house()
    disk.calls.length = 0
    copyVerified(sqlite, target, () => {})
    expect(disk.calls).toEqual([`flush ${partial}`, `rename ${partial}`, `flush ${backups}`])
  })

  test('replaces the remains of a copy that was killed', () => {
    const { sqlite, backups, target } = house()
    copyVerified(sqlite, target, () => {})
    for (const name of ['older.db.partial', 'copy.db.partial', 'copy.db.partial-journal'])
      writeFileSync(join(backups, name), 'half')
    copyVerified(sqlite, target, () => {})
    expect(readdirSync(backups)).toEqual(['copy.db'])
  })

  const damages: readonly [string, RegExp, (path: string) => void][] = [
    [
      'is empty',
      /its version or tables differ/,
      (path) => {
        truncateSync(path, 0)
      },
    ],
    [
      'is cut off',
      /it cannot be read|it is damaged/,
      (path) => {
        truncateSync(path, 8192)
      },
    ],
    [
      'is no database',
      /it cannot be read/,
      (path) => {
        writeFileSync(path, 'x'.repeat(8192))
      },
    ],
    [
      'lacks a row',
      /table notes differs/,
      (path) => {
        spoil(path, 'delete from notes where id = 1')
      },
    ],
    [
      'has another value',
      /table notes differs/,
      (path) => {
        spoil(path, "update notes set body = 'x' where id = 1")
      },
    ],
    [
      'has an orphan',
      /1 rows point at rows that are not there/,
      (path) => {
        spoil(path, "update lamps set room_id = 'r9' where id = 'l1'")
      },
    ],
    [
      'lacks an index',
      /its version or tables differ/,
      (path) => {
        spoil(path, 'drop index lamps_room')
      },
    ],
    [
      'has another version',
      /its version or tables differ/,
      (path) => {
        spoil(path, 'pragma user_version = 9')
      },
    ],
    [
      'breaks a rule',
      /it is damaged: CHECK constraint failed/,
      (path) => {
        spoil(path, "pragma ignore_check_constraints = on; update rooms set kind = 'x'")
      },
    ],
  ]
  test.each(damages)('that %s is refused and removed', (_, message, damage) => {
    const { sqlite, backups, target, partial } = house()
    const act = () => {
      copyVerified(sqlite, target, (step) => {
        if (step === 'comparing') damage(partial)
      })
    }
    expect(act).toThrow(CopyFailed)
    expect(act).toThrow(message)
    expect(readdirSync(backups)).toEqual([])
  })

  test('that cannot be written is refused and removed, at every step', () => {
    const { sqlite, backups, target } = house()
    for (const stop of ['copying', 'comparing', 'keeping']) {
      const act = () => {
        copyVerified(sqlite, target, (step) => {
          if (step === stop) throw new Error('ENOSPC')
        })
      }
      expect(act).toThrow(/^The copy copy\.db could not be made: Error: ENOSPC$/)
      expect(readdirSync(backups)).toEqual([])
    }
  })

  test('stops the upgrade when it is refused', () => {
    const folder = tempFolder()
    const sqlite = openIn(folder)
    upgrade(sqlite, { ...optionsFor(folder), to: 1 })
    furnish(sqlite)
    const before = stateOf(sqlite)
    writeFileSync(join(folder, 'backups.txt'), '')
    const corrupt = () => {
      for (const name of readdirSync(join(folder, 'backups'))) truncateSync(join(folder, 'backups', name), 0)
    }
    expect(() =>
      upgrade(sqlite, {
        ...optionsFor(folder),
        onProgress: ({ step }) => {
          if (step === 'comparing') corrupt()
        },
      }),
    ).toThrow(CopyFailed)
    expect([stateOf(sqlite), readdirSync(join(folder, 'backups'))]).toEqual([before, []])
  })
})

describe('a known copy', () => {
  test('is the newest of its name, when it still is the same as the original', () => {
    const { sqlite, backups, target } = house()
    copyVerified(sqlite, target, () => {})
    copyVerified(sqlite, join(backups, 'copy2.db'), () => {})
    expect([findCopy(sqlite, backups, 'copy'), findCopy(sqlite, backups, 'other')]).toEqual([
      'copy2.db',
      null,
    ])
    sqlite.exec("update notes set body = 'new'")
    expect([findCopy(sqlite, backups, 'copy'), existsSync(target)]).toEqual([null, true])
  })
})
