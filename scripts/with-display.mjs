import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Failure, runAsMain } from './lib/main.mjs'
import { makeOwnHome } from './lib/own-home.mjs'
import { run } from './lib/run.mjs'

const SCREEN = ['-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
const START_MS = 10_000

/** What would draw programs back to the person's own desktop: its windows, its keyring, its notifications. */
const OWN_DESKTOP = {
  XDG_SESSION_TYPE: 'x11',
  GDK_BACKEND: 'x11',
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
}

/** Starts an X server without a screen; it picks a free number itself, so several can start at once. */
function startXvfb() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', ...SCREEN], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // The terminal's Ctrl-C is not for the server: the programs on it are to end first.
      detached: true,
    })
    const said = []
    let number = ''
    const fail = (reason) => {
      clearTimeout(timer)
      server.kill('SIGKILL')
      reject(new Failure(`the virtual display (Xvfb) did not start: ${reason}\n${Buffer.concat(said)}`))
    }
    const timer = setTimeout(() => fail(`no answer in ${START_MS / 1000} s`), START_MS)
    server.once('error', (error) => fail(error.message))
    server.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`))
    server.stderr.on('data', (chunk) => said.push(chunk))
    server.stdio[3].on('data', (chunk) => {
      number += chunk
      if (!number.endsWith('\n')) return
      clearTimeout(timer)
      server.removeAllListeners('exit')
      resolve({ server, display: `:${number.trim()}` })
    })
  })
}

function stop(server) {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve()
    server.once('exit', resolve)
    server.kill()
  })
}

/** Ends the server with this process, however that ends; a signal nobody else handles ends the process. */
function tie(server, home) {
  const onExit = () => {
    server.kill()
    home.remove()
  }
  const onSignal = (signal) => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal])
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  process.on('exit', onExit)
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    process.off('exit', onExit)
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/**
 * Does something with a display: the one that is there, or a virtual one made for it and stopped afterwards. With
 * an own one come own, empty folders for settings.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the environment to start programs with
 * @param {{ own?: boolean }} [options] own: use a virtual one even if there is a display, to leave the desktop alone
 * @returns {Promise<T>}
 */
export async function withDisplay(work, { own = false } = {}) {
  const needed =
    process.platform === 'linux' && (own || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY))
  if (!needed) return work({ ...process.env })
  const { server, display } = await startXvfb()
  const home = makeOwnHome()
  const untie = tie(server, home)
  const env = { ...process.env, ...OWN_DESKTOP, ...(own ? home.variables : {}), DISPLAY: display }
  delete env.WAYLAND_DISPLAY
  try {
    return await work(env)
  } finally {
    await stop(server)
    untie()
    home.remove()
  }
}

await runAsMain(import.meta, async ([command, ...args]) => {
  if (!command) throw new Failure('usage: node scripts/with-display.mjs <program> [arguments]')
  const { code } = await withDisplay((env) => run(command, args, { env }))
  return code
})
