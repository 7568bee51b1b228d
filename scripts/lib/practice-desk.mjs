import { join } from 'node:path'
import { _electron } from '@playwright/test'

/**
 * Opens the program's real window in the practice building.
 * @param {Parameters<typeof _electron.launch>[0]} launch how to start the program
 * @param {{ folder: string, args?: string[], env?: Record<string, string> }} options folder: for its data, thrown away later
 */
export async function openPracticeDesk(launch, { folder, args = ['--practice'], env = {} }) {
  const surroundings = { ...launch.env, DISPATCHER_DATA_DIR: join(folder, 'data'), ...env }
  // With it Electron would be a plain Node; a real token has no business here.
  delete surroundings.ELECTRON_RUN_AS_NODE
  delete surroundings.TELEGRAM_BOT_TOKEN
  delete surroundings.TELEGRAM_API_ROOT
  const app = await _electron.launch({
    ...launch,
    args: ['--disable-gpu', ...launch.args, ...args],
    env: surroundings,
  })
  return { app, page: await app.firstWindow() }
}

/**
 * Gives the window's page an exact size, whatever the display.
 * @param {import('@playwright/test').ElectronApplication} app
 * @param {{ width: number, height: number }} size in pixels
 */
export async function resize(app, size) {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    const [window] = BrowserWindow.getAllWindows()
    window.unmaximize()
    window.setContentSize(width, height)
  }, size)
}

/**
 * The phone beside the board, by what people see on it.
 * @param {import('@playwright/test').Page} page
 */
export function phoneOf(page) {
  const phone = page.getByRole('region', { name: 'Practice phone' })
  const chat = phone.getByRole('log', { name: 'Chat with the bot' })
  const newest = (text) => chat.getByRole('article').filter({ hasText: text }).last()
  return {
    chat,
    /** The newest message with this text. */
    newest,
    /** Takes somebody's phone in hand. */
    take: async (name) => {
      await phone.getByRole('button', { name: 'More people' }).click()
      await page.getByRole('menuitem', { name }).click()
      await phone.getByRole('textbox', { name: 'Message' }).or(phone.getByText('Start')).first().waitFor()
    },
    attach: async (sample) => {
      await phone.getByRole('button', { name: 'Attach a photo' }).click()
      await page.getByRole('menuitem', { name: sample }).click()
      await phone.getByText('Photo to send').waitFor()
    },
    write: async (text) => {
      await phone.getByRole('textbox', { name: 'Message' }).fill(text)
      await phone.getByRole('button', { name: 'Send', exact: true }).last().click()
    },
    /** Presses the button under the newest message with this text. */
    press: async (text, button) => {
      await newest(text).getByRole('button', { name: button, exact: true }).click()
    },
  }
}
