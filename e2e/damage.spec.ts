import { copyFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { column, expect, test } from './fixtures'

// What a manager sees when something has happened to the file with the data.

const PAGE = 4096
/** With a token there is no guide in front of the board. */
const connected = { env: { TELEGRAM_BOT_TOKEN: `7000000001:${'a'.repeat(35)}` } }

/** Enters so many requests by the desk's own way in, and waits until the last one stands on the board. */
async function enterRequests(page: Page, count: number): Promise<void> {
  await expect(column(page, 'New')).toBeVisible()
  await page.evaluate(async (wanted) => {
    for (let index = 1; index <= wanted; index += 1) {
      const description = `Tap number ${index} drips`
      const place = 'Linden Court, flat 12'
      const given = { description, place, unitId: null, reporterName: null, priority: 'MEDIUM' }
      const reply = await window.dispatcher.invoke('requests.create', given)
      if (!reply.ok) throw new Error(reply.code)
    }
  }, count)
  await expect(page.getByText(`Tap number ${count} drips`)).toBeVisible()
}

async function edit(path: string, change: (bytes: Buffer) => void): Promise<void> {
  const bytes = await readFile(path)
  change(bytes)
  await writeFile(path, bytes)
}

const choice = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

/** No word on the screen offers to lose anything. */
async function expectNoDelete(page: Page): Promise<void> {
  const buttons = await page.getByRole('button').allTextContents()
  for (const text of buttons) expect(text).not.toMatch(/delete|remove|erase|reset|new database/i)
}

test('a damaged file leads to a screen, and from there by a copy back to the board', async ({
  openDesk,
  dataFolder,
}) => {
  const file = join(dataFolder, 'dispatcher.db')
  const first = await openDesk(connected)
  await enterRequests(first.page, 12)
  await first.close()
  await copyFile(file, join(dataFolder, 'backups', 'pre-migration-0001-0002-20260302T090000000Z.db'))
  await truncate(file, (await stat(file)).size - 3 * PAGE)
  const damaged = await readFile(file)

  const { page, close } = await openDesk(connected)
  await expect(heading(page, 'A part of the file is missing')).toBeVisible()
  await expect(page.getByText(dataFolder)).toBeVisible()
  await expectNoDelete(page)
  await choice(page, 'Try again').click()
  await expect(page.getByText('It is still the same.')).toBeVisible()

  await choice(page, 'Restore a copy…').click()
  await page.getByRole('button', { name: /^Look at it/ }).click()
  await expect(page.getByText('The present files are moved into a folder of their own')).toBeVisible()
  await choice(page, 'Restore this copy').click()
  await expect(heading(page, 'The copy is in place')).toBeVisible()
  await choice(page, 'Open the board').click()
  await expect(page.getByText('Tap number 12 drips')).toBeVisible()
  await close()

  const [aside = ''] = (await readdir(dataFolder)).filter((name) => name.startsWith('before-restore-'))
  expect((await readFile(join(dataFolder, aside, 'dispatcher.db'))).equals(damaged)).toBe(true)
})

test('a damaged file is read as far as it goes, and the screen says what became of it', async ({
  openDesk,
  dataFolder,
}) => {
  const file = join(dataFolder, 'dispatcher.db')
  const first = await openDesk(connected)
  await enterRequests(first.page, 12)
  await first.close()
  // Its first page: SQLite does not even know it as a database any more.
  await edit(file, (bytes) => bytes.fill(0, 0, PAGE))

  const { page } = await openDesk(connected)
  await expect(heading(page, 'The file with your requests can’t be recognised')).toBeVisible()
  await expectNoDelete(page)
  await choice(page, 'Rescue what can be read').click()
  await expect(heading(page, 'This is what could be rescued')).toBeVisible()
  await expect(page.getByRole('row', { name: /^Requests 12/ })).toBeVisible()
  await expect(page.getByText('No request number is missing.')).toBeVisible()
  await choice(page, 'Open the board').click()
  await expect(page.getByText('Tap number 12 drips')).toBeVisible()
})

test('data of a newer version can be looked at, and nothing offers to delete them', async ({
  openDesk,
  dataFolder,
}) => {
  const file = join(dataFolder, 'dispatcher.db')
  const first = await openDesk(connected)
  await enterRequests(first.page, 3)
  await first.close()
  await edit(file, (bytes) => bytes.writeUInt32BE(4711, 60))
  const before = await readFile(file)

  const { page } = await openDesk(connected)
  await expect(heading(page, 'The data are from a newer version')).toBeVisible()
  await expectNoDelete(page)
  await choice(page, 'Open to read only').click()
  await expect(page.getByText('Tap number 3 drips')).toBeVisible()
  await expect(page.getByText('Read only: nothing can be changed')).toBeVisible()
  const refused = await page.evaluate(() =>
    window.dispatcher.invoke('requests.create', {
      description: 'x',
      place: 'y',
      unitId: null,
      reporterName: null,
      priority: 'LOW',
    }),
  )
  expect(refused).toEqual({ ok: false, code: 'read-only', details: {} })
  await page.getByRole('button', { name: 'Try to open for work' }).click()
  await expect(heading(page, 'The data are from a newer version')).toBeVisible()
  expect((await readFile(file)).equals(before)).toBe(true)
})

test('a file that is gone or empty is never replaced by a new one, and starts do not pile up anything', async ({
  openDesk,
  dataFolder,
}) => {
  const file = join(dataFolder, 'dispatcher.db')
  const first = await openDesk(connected)
  await expect(column(first.page, 'New')).toBeVisible()
  await first.close()
  const whole = await readFile(file)

  await rm(file)
  const second = await openDesk(connected)
  await expect(heading(second.page, 'The file with your requests is gone')).toBeVisible()
  // Put back while the screen is shown.
  await writeFile(file, '')
  await choice(second.page, 'Try again').click()
  await expect(heading(second.page, 'The file with your requests is empty')).toBeVisible()
  await choice(second.page, 'Restore a copy…').click()
  await expect(second.page.getByText('There is no copy that this version can open.')).toBeVisible()
  await choice(second.page, 'Back').click()
  await writeFile(file, whole)
  await choice(second.page, 'Try again').click()
  await expect(column(second.page, 'New')).toBeVisible()
})

test('a folder that another computer has is left to it until a person says otherwise', async ({
  openDesk,
  dataFolder,
}) => {
  await mkdir(dataFolder, { recursive: true })
  const lock = { pid: 7, host: 'PC-2', user: 'anna', boot: 'another', startedAt: 1 }
  await writeFile(join(dataFolder, 'running.pid'), JSON.stringify(lock))
  const { page } = await openDesk(connected)
  await expect(heading(page, 'Somebody else works with these data')).toBeVisible()
  await expect(page.getByText(/anna on PC-2/)).toBeVisible()
  await choice(page, 'Nobody works there: take over').click()
  await expect(heading(page, 'Somebody else works with these data')).toBeHidden()
  const taken = JSON.parse(await readFile(join(dataFolder, 'running.pid'), 'utf8')) as { host: string }
  expect(taken.host).not.toBe('PC-2')
})
