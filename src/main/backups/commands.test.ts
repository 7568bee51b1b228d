import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../db/connection'
import { builtThread, removeBuilt } from '../testing/backup-thread'
import { makeLock } from './age'
import { addRequest, clearFolders, newOffice } from './office-fixture'
import { changeBackupSettings } from './settings-file'

let cli: string
beforeAll(async () => {
  cli = join(dirname(await builtThread()), 'backup-cli.js')
}, 60_000)
afterEach(clearFolders)
afterAll(removeBuilt)

let office: { folder: string; sqlite: Sqlite }
beforeEach(() => {
  office = newOffice()
})
afterEach(() => {
  office.sqlite.close()
})

/** Runs the command as a program of its own; with `--json` gives what it printed. */
function run(args: readonly string[], passphrase = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...args, '--data-dir', office.folder],
    {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPATCHER_BACKUP_PASSPHRASE: passphrase },
    },
  )
  return { status, stdout, stderr }
}
const json = (args: readonly string[], passphrase?: string) => {
  const { status, stdout } = run([...args, '--json'], passphrase)
  return [status, JSON.parse(stdout) as Record<string, unknown>] as const
}
const requestsNow = () => {
  const sqlite = openSqlite(join(office.folder, 'dispatcher.db'))
  const count = sqlite.prepare('select count(*) from requests').pluck().get()
  sqlite.close()
  return count
}

describe('the commands', () => {
  test('make a backup while the data are open, list it, verify it and restore it', () => {
    const [made, { id, requests }] = json(['backup'])
    addRequest(office.sqlite, 4)
    office.sqlite.close()
    const [listed, list] = json(['list'])
    const [verified, { id: verifiedId }] = json(['verify'])
    const [restored, { aside }] = json(['restore', String(id)])
    expect([made, requests, listed, (list as unknown as unknown[]).length]).toEqual([0, 3, 0, 1])
    expect([verified, verifiedId, restored, requestsNow()]).toEqual([0, id, 0, 3])
    expect(readFileSync(join(String(aside), 'dispatcher.db')).length).toBeGreaterThan(0)
  })

  test('refuse to restore while a program has the data folder', () => {
    json(['backup'])
    // The process that runs this test is alive, and another than the command's.
    writeFileSync(join(office.folder, 'running.pid'), `${String(process.pid)}\n`)
    const [status, { error }] = json(['restore'])
    expect([status, error]).toEqual([2, 'data-in-use'])
  })

  test('end with 1 when a backup is damaged, and with 2 when there is none', () => {
    const [missing] = json(['verify'])
    const [, { id }] = json(['backup'])
    const path = join(office.folder, 'backups', `${String(id)}.db`)
    const bytes = readFileSync(path)
    const at = bytes.indexOf('It drips')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const [damaged, { error }] = json(['verify', path])
    expect([missing, damaged, error]).toEqual([2, 1, 'backup-damaged'])
  })

  test('explain themselves with 2 when they are asked wrongly', () => {
    const asked = [[], ['brew'], ['backup', '--fast'], ['restore', 'a', 'b']].map((args) => run(args))
    expect(asked.map(({ status, stderr }) => [status, stderr.startsWith('usage:')])).toEqual(
      Array(4).fill([2, true]),
    )
  })

  test('refuse to work where there are no data', () => {
    office.sqlite.close()
    rmSync(join(office.folder, 'dispatcher.db'))
    expect(json(['backup'])[0]).toEqual(2)
  })

  test('open a locked backup with the passphrase, and tell it to nobody', async () => {
    const { recipient, lockedKey } = await makeLock('correct horse', 10)
    changeBackupSettings(office.folder, { lock: { recipient, lockedKey } })
    const needs = json(['backup'])
    const made = json(['backup'], 'correct horse')
    const wrong = json(['verify'], 'wrong horse')
    const right = run(['verify'], 'correct horse')
    expect([needs[0], needs[1]['error'], made[0], wrong[0], wrong[1]['error'], right.status]).toEqual([
      2,
      'passphrase-needed',
      0,
      1,
      'wrong-passphrase',
      0,
    ])
    expect(right.stdout + right.stderr).not.toContain('horse')
  })
})
