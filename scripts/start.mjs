import { setUp } from './set-up.mjs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { demo } from './demo.mjs'
import { electronProgram } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { canWrite, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { sandboxArguments } from './lib/sandbox.mjs'

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/** The program without a window, on Electron's own Node: it loads nothing that asks for a display. */
async function startHeadless(args) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code } = await run(electronProgram(), ['out/main/headless.js', ...args], { env })
  return code
}

/** Chromium ends without a word when it has nowhere to keep its settings. */
function checkSettingsFolder(args) {
  if (process.platform !== 'linux' || args.some((arg) => arg.startsWith('--user-data-dir'))) return
  const folder = process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
  if (canWrite(folder)) return
  throw new Failure(
    `start: ${folder} cannot be written. Set XDG_CONFIG_HOME to a folder that can, then try again.`,
  )
}

async function startWithWindow(args) {
  checkSettingsFolder(args)
  const env = { ...process.env }
  delete env.ELECTRON_RUN_AS_NODE
  const sandbox = sandboxArguments()
  if (sandbox.length > 0)
    console.log("Chromium's sandbox is not available to this user here: starting without it.")
  const { code } = await run(electronProgram(), [...sandbox, root, ...args], { env })
  return code
}

await runAsMain(import.meta, async (args) => {
  const headless = args.includes('--headless')
  const showDemo = !headless && !hasDisplay
  if (showDemo) {
    console.log(
      'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.',
    )
    console.log(
      'Start it on a desktop, or without a window by "npm start -- --headless"; ' +
        'what runs now is the demonstration, "npm run demo", on a display of its own.',
    )
    return demo()
  }
  await setUp()
  await build()
  return headless ? startHeadless(args.filter((arg) => arg !== '--headless')) : startWithWindow(args)
})
