import { strict as assert } from 'node:assert'
import { openPracticeDesk, phoneOf } from './lib/practice-desk.mjs'

const RESIDENT = 'Grace Murphy'
const TECHNICIAN = 'Marek Novak'
const WORDS = 'The tap in the bathroom does not close any more'
/** Messages about an assignment wait this long for an undo, in ms: nobody sits here who could want one. */
const UNDO_MS = 500

/**
 * The main job in the practice building: a resident writes, the manager assigns, the technician works, the
 * resident confirms. Everything goes through the real window, the real bot code and a simulated Telegram.
 * @param {object} given
 * @param {<T>(name: string, work: () => Promise<T>) => Promise<T>} given.step prints what is done, with its time
 * @param {(page: import('@playwright/test').Page, name: string) => Promise<string>} given.picture
 * @param {Parameters<typeof openPracticeDesk>[0]} given.launch how to start the program
 * @param {string} given.folder for the program's data
 */
export async function runDemo({ step, picture, launch, folder }) {
  const env = { DISPATCHER_UNDO_MS: String(UNDO_MS), LANGUAGE: 'en', LC_ALL: 'C.UTF-8' }
  const { app, page } = await step('The program opens the practice building', () =>
    openPracticeDesk(launch, { folder, env, args: ['--lang=en', '--practice'] }),
  )
  try {
    await play({ step, picture, page })
  } finally {
    await app.close()
  }
}

async function play({ step, picture, page }) {
  const phone = phoneOf(page)
  const column = (name) => page.getByRole('list', { name, exact: true })
  const panel = page.getByRole('complementary', { name: /^Request / })
  const closePanel = async () => {
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  }

  await step('The board shows the sample requests; the practice bot receives', async () => {
    await column('New').getByRole('listitem').first().waitFor()
    await page.getByText('Practice bot').waitFor()
    await phone.chat.waitFor()
    await picture(page, 'board')
  })

  await step(`${RESIDENT} writes on her phone and adds a photo`, async () => {
    await phone.take(RESIDENT)
    await phone.attach('Water under the sink')
    await phone.write(WORDS)
    await phone.newest('Photos: 1').getByRole('button', { name: 'Send' }).waitFor()
    await picture(page, 'draft-on-the-phone')
  })

  const number = await step('She presses Send, and her draft becomes a numbered card', async () => {
    await phone.press('Photos: 1', 'Send')
    const status = phone.newest(/No\. \d+: received/)
    await status.waitFor()
    return /No\. (\d+)/.exec(await status.innerText())[1]
  })
  const cardIn = (name) => column(name).getByRole('listitem', { name: new RegExp(`^${number} `) })

  await step(`No. ${number} is on the board, in New, with its photo`, async () => {
    await cardIn('New').locator('img').waitFor()
  })

  await step(`The manager opens it and assigns ${TECHNICIAN} from the keyboard`, async () => {
    await cardIn('New').click()
    await panel.getByText(WORDS).first().waitFor()
    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Find a technician' }).fill(TECHNICIAN)
    await page.getByRole('option', { name: TECHNICIAN }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await cardIn('Assigned').waitFor()
    await closePanel()
  })

  await step(`${TECHNICIAN} gets the job on his phone and takes it`, async () => {
    await phone.take(TECHNICIAN)
    await phone.newest(`Job ${number}: new`).waitFor()
    await phone.press(`Job ${number}: new`, 'Take')
    await phone.newest(`Job ${number}: taken`).waitFor()
  })

  await step('He starts work; the card moves to In progress', async () => {
    await phone.press(`Job ${number}: taken`, 'Start')
    await cardIn('In progress').click()
    await panel.getByText('started work').waitFor()
    await picture(page, 'in-progress')
    await closePanel()
  })

  await step('He presses Done; the card moves to Resolved', async () => {
    await phone.take(TECHNICIAN)
    await phone.press(`Job ${number}: in progress`, 'Done')
    await cardIn('Resolved').waitFor()
  })

  await step(`${RESIDENT} was told each time, and is asked whether it is fixed`, async () => {
    await phone.take(RESIDENT)
    await phone.newest(`No. ${number}: ${TECHNICIAN} takes care of it.`).waitFor()
    await phone.newest(`No. ${number} is done.`).waitFor()
  })

  await step('She presses Fixed; the request is closed and leaves the board', async () => {
    await phone.press(`No. ${number} is done.`, 'Fixed')
    await phone.newest(`No. ${number}: closed`).waitFor()
    await cardIn('Resolved').waitFor({ state: 'detached' })
    await picture(page, 'closed')
  })

  await step('It is in the archive', async () => {
    await page.getByRole('link', { name: 'Archive' }).click()
    const row = page.getByRole('main').getByRole('row').filter({ hasText: WORDS })
    await row.first().waitFor()
    assert.match(await row.first().innerText(), new RegExp(`\\b${number}\\b`))
  })
}
