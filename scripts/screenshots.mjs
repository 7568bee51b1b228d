import { setUp } from './set-up.mjs'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronProgram } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { openPracticeDesk, phoneOf, SIZE } from './lib/practice-desk.mjs'
import { sandboxWorks } from './lib/sandbox.mjs'
import { smallPng } from './lib/small-png.mjs'
import { withDisplay } from './with-display.mjs'

const LARGEST_BYTES = 250_000
/** A Tuesday in office hours: the pictures show an ordinary day, whenever they are made. */
const MOMENT = '2026-03-10T10:42:00Z'
const pictures = join(root, 'docs', 'screenshots')

/** Runs in the page: its clock shows the same moment as the program's. */
function steadyClock(moment) {
  const RealDate = Date
  const offset = RealDate.parse(moment) - RealDate.now()
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + offset)
      else super(...given)
    }

    static now() {
      return RealDate.now() + offset
    }
  }
}

/** Runs in the page: the noise in a sample photo is the same each time. */
function steadyNoise() {
  let seed = 7
  Math.random = () => {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
  }
}

/** Opens a window of its own for some pictures, and closes it whatever happens. */
async function withWindow(launch, options, work) {
  const folder = mkdtempSync(join(tmpdir(), 'facility-dispatcher-pictures-'))
  const env = {
    PICTURE_TIME: MOMENT,
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: options.language,
    DISPATCHER_UNDO_MS: '500',
  }
  const steady = {
    ...launch,
    args: ['-r', join(root, 'scripts', 'lib', 'same-every-time.cjs'), ...launch.args],
  }
  const args = [`--lang=${options.language}`, ...options.args]
  const { app, page } = await openPracticeDesk(steady, { folder, env, args })
  page.setDefaultTimeout(15_000)
  try {
    await page.addInitScript(steadyClock, MOMENT)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.reload()
    await work(page)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function take(page, name) {
  // The pointer and the keyboard would leave a card or button lit.
  await page.mouse.move(SIZE.width - 1, 1)
  await page.evaluate(async () => {
    document.activeElement.blur()
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
  })
  const bytes = smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
  if (bytes.length > LARGEST_BYTES) throw new Failure(`screenshots: ${name}.png has ${bytes.length} bytes`)
  writeFileSync(join(pictures, `${name}.png`), bytes)
  console.log(`✓ docs/screenshots/${name}.png (${Math.round(bytes.length / 1000)} kB)`)
}

const boardShown = async (page) => {
  await page.getByRole('main').getByRole('listitem').first().waitFor()
  await page.waitForLoadState('networkidle')
}

async function practicePictures(page) {
  const phone = phoneOf(page)
  await boardShown(page)
  await phone.chat.getByRole('article').first().waitFor()

  await phone.take('Grace Murphy')
  await page.evaluate(steadyNoise)
  await phone.attach('Light out on the stairs')
  await phone.write('The light on the stairs is out again')
  await phone.newest('Photos: 1').getByRole('button', { name: 'Danger' }).click()
  await phone.newest('Urgency: Danger').waitFor()
  await take(page, 'practice-phone')

  await phone.press('Urgency: Danger', 'Throw away')
  await page.getByRole('button', { name: 'Phone' }).click()
  await phone.chat.waitFor({ state: 'detached' })
  await take(page, 'board-light')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await take(page, 'board-dark')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })

  await page.getByRole('listitem', { name: /Leak under the kitchen sink/ }).click()
  await page
    .getByRole('complementary', { name: /^Request / })
    .getByText('reported it')
    .waitFor()
  await take(page, 'request-panel')

  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('table').getByRole('row').nth(1).waitFor()
  await take(page, 'people')

  await page.getByRole('link', { name: 'Places' }).click()
  await page
    .getByRole('button', { name: /^Flat 12/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Show the QR code' }).click()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor()
  await take(page, 'places')
}

async function firstRunPicture(page) {
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Residents write, you see it here' }).waitFor()
  await take(page, 'first-run')
}

async function russianPicture(page) {
  await boardShown(page)
  await page.getByRole('button', { name: 'Телефон' }).click()
  await page.getByRole('log').waitFor({ state: 'detached' })
  await take(page, 'board-russian')
}

await runAsMain(import.meta, async () => {
  await setUp({ forTests: true })
  await build()
  mkdirSync(pictures, { recursive: true })
  await withDisplay(
    async (env) => {
      const launch = {
        executablePath: electronProgram(),
        args: [root],
        cwd: root,
        env,
        chromiumSandbox: sandboxWorks(),
      }
      await withWindow(launch, { language: 'en', args: ['--practice'] }, practicePictures)
      await withWindow(launch, { language: 'en', args: [] }, firstRunPicture)
      await withWindow(launch, { language: 'ru', args: ['--practice'] }, russianPicture)
    },
    { own: true },
  )
  return 0
})
