import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  _electron,
  test as base,
  type ElectronApplication,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'
import type { Simulator } from '../src/main/practice/simulator/simulator'
import { startSimulator } from '../src/main/practice/simulator/start-simulator'
import { canariesFound, canariesOf, keepOutputs } from './outputs'

const root = join(import.meta.dirname, '..')

/** A running program with its window. */
export type Desk = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly close: () => Promise<void>
}

/** How a program is started. */
export type DeskOptions = {
  /** Environment variables beside the usual ones of a test; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
}

type Fixtures = {
  /** A strict stand-in for Telegram, fresh for each test. */
  readonly simulator: Simulator
  /** What the programs of a test have said on their outputs. */
  readonly said: string[]
  /** A fresh data folder, checked afterwards: nothing secret or personal in any output. */
  readonly dataFolder: string
  /** Starts a program on the data folder. Everything started is closed at the end. */
  readonly openDesk: (options?: DeskOptions) => Promise<Desk>
  /** The program, connected to the simulator by the environment. */
  readonly desk: Desk
}

/** How long messages about an action that can be undone are held back in tests, in ms. */
export const UNDO_MS = 400

export const test = base.extend<Fixtures>({
  // Playwright wants an object pattern even where nothing is taken.
  simulator: async ({}, use) => {
    const simulator = await startSimulator({ botName: 'Linden Court Help', botUsername: 'linden_help_bot' })
    await use(simulator)
    await simulator.stop()
  },
  // Playwright wants an object pattern even where nothing is taken.
  said: async ({}, use) => {
    await use([])
  },
  dataFolder: async ({ simulator, said }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'dispatcher-e2e-'))
    const token = simulator.token
    await use(folder)
    const canaries = canariesOf(simulator, [token])
    await keepOutputs(folder, said.join(''), canaries)
    expect(await canariesFound(folder, said.join(''), canaries)).toEqual([])
    await rm(folder, { recursive: true, force: true })
  },
  openDesk: async ({ simulator, dataFolder, said }, use) => {
    const open: Desk[] = []
    await use(async (options = {}) => {
      const desk = await launch(simulator, dataFolder, options)
      listen(desk.app, said)
      open.push(desk)
      return desk
    })
    for (const desk of open) await desk.close()
  },
  desk: async ({ openDesk, simulator }, use) => {
    await use(await openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } }))
  },
})

export { expect }

async function launch(simulator: Simulator, dataFolder: string, options: DeskOptions): Promise<Desk> {
  const env: Record<string, string> = {}
  const wanted: Readonly<Record<string, string | undefined>> = {
    ...process.env,
    DISPATCHER_DATA_DIR: dataFolder,
    TELEGRAM_API_ROOT: simulator.apiRoot,
    DISPATCHER_UNDO_MS: String(UNDO_MS),
    LANGUAGE: 'en',
    LC_ALL: 'C.UTF-8',
    ...options.env,
  }
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) env[name] = value
  delete env['ELECTRON_RUN_AS_NODE']
  const app = await _electron.launch({
    args: ['--disable-gpu', '--lang=en', root, ...(options.args ?? [])],
    chromiumSandbox: process.getuid?.() !== 0,
    env,
  })
  const page = await app.firstWindow()
  const state = { closed: false }
  return {
    app,
    page,
    close: async () => {
      if (state.closed) return
      state.closed = true
      await app.close()
    },
  }
}

/** The column of the board with this heading. */
export function column(page: Page, name: string): Locator {
  return page.getByRole('list', { name, exact: true })
}

/** The card of a request on the board, by its number, in whatever column. */
export function card(page: Page, number: string): Locator {
  return page.getByRole('listitem', { name: new RegExp(`^${number}\\b`) })
}

/** The side panel of a request. */
export function panel(page: Page, number: string): Locator {
  return page.getByRole('complementary', { name: new RegExp(`\\b${number}\\b`) })
}

/** Waits until the condition holds. */
export async function eventually<T>(read: () => T, check: (value: T) => boolean): Promise<T> {
  await expect.poll(() => check(read())).toBe(true)
  return read()
}

/** Keeps what a program says on its outputs. */
function listen(app: ElectronApplication, said: string[]): void {
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')))
  }
}
