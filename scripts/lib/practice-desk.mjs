import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from '@playwright/test'

/** The size of the window in pictures, in pixels. */
export const SIZE = { width: 1440, height: 900 }

/**
 * Opens the program's real window in the practice building, or elsewhere with other arguments.
 * @param {Parameters<typeof _electron.launch>[0]} launch how to start the program
 * @param {{ folder: string, args?: string[], env?: Record<string, string> }} options folder: for its data, thrown away later
 */
export async function openPracticeDesk(launch, { folder, args = ['--practice'], env = {} }) {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  // The program opens its window where and as large as it was last time.
  writeFileSync(join(data, 'window.json'), JSON.stringify({ x: 0, y: 0, ...SIZE, maximized: false }))
  const surroundings = { ...launch.env, DISPATCHER_DATA_DIR: data, ...env }
  // With it Electron would be a plain Node; a real token has no business here.
  delete surroundings.ELECTRON_RUN_AS_NODE
  delete surroundings.TELEGRAM_BOT_TOKEN
  delete surroundings.TELEGRAM_API_ROOT
  // With a path given Playwright would not hold the program back until it has connected, and could miss the window.
  const { executablePath: _foundBySetUp, ...how } = launch
  const app = await _electron.launch({
    ...how,
    args: ['--disable-gpu', ...launch.args, ...args],
    env: surroundings,
  })
  return { app, page: await app.firstWindow() }
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
