import { setUp } from './set-up.mjs'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { electronProgram } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { sandboxWorks } from './lib/sandbox.mjs'
import { withDisplay } from './with-display.mjs'

const STEP_SECONDS = 60
const pictures = join(root, 'demo')

/**
 * Prints each step with the time since the beginning; a step that fails or hangs ends the demonstration.
 * @param {() => Promise<unknown>} onFailure done while the program is still open
 */
function makeStep(onFailure) {
  const started = Date.now()
  const print = (mark, name) =>
    console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${mark} ${name}`)
  return async function step(name, work, seconds = STEP_SECONDS) {
    let timer
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not finished after ${seconds} s`)), seconds * 1000)
    })
    try {
      const result = await Promise.race([Promise.resolve().then(work), limit])
      print('✓', name)
      return result
    } catch (error) {
      print('✗', name)
      await onFailure()
      throw new Failure(`demonstration: "${name}" failed\n${error.stack ?? error}`)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Numbers pictures in the order they are taken, and can take the last page once more when something failed. */
function makePicture() {
  let count = 0
  let lastPage
  const take = async (page, name) => {
    lastPage = page
    count += 1
    const file = `${String(count).padStart(2, '0')}-${name}.png`
    await page.screenshot({ path: join(pictures, file), timeout: 10_000 })
    return join(pictures, file)
  }
  return { take, takeLast: async (name) => lastPage && take(lastPage, name).catch(() => undefined) }
}

async function play(env, folder) {
  const scenario = join(root, 'scripts', 'demo-scenario.mjs')
  if (!existsSync(scenario)) throw new Failure('demonstration: scripts/demo-scenario.mjs is missing')
  const { runDemo } = await import(pathToFileURL(scenario).href)
  const picture = makePicture()
  const launch = {
    executablePath: electronProgram(),
    args: [root],
    cwd: root,
    env,
    chromiumSandbox: sandboxWorks(),
  }
  const step = makeStep(() => picture.takeLast('failed'))
  await runDemo({ step, picture: picture.take, launch, folder })
}

/**
 * Plays the demonstration in the real program on a display of its own; pictures go to demo/.
 * @returns {Promise<number>} the exit code
 */
export async function demo() {
  await setUp({ forTests: true })
  await build()
  rmSync(pictures, { recursive: true, force: true })
  mkdirSync(pictures, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'facility-dispatcher-demo-'))
  try {
    await withDisplay((env) => play(env, folder), { own: true })
    console.log(`The demonstration is complete. Pictures: ${pictures}`)
    return 0
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

await runAsMain(import.meta, async () => demo())
