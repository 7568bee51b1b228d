import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { root } from './paths.mjs'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

// npm and the terminal may both deliver one Ctrl-C: what follows so closely is the same wish.
const SAME_SIGNAL_MS = 500

// npm hands a signal to the shell it started us with, and some shells end without passing it on.
const PARENT_CHECK_MS = 250
const parent = process.ppid
const startedByNpm = Boolean(process.env.npm_lifecycle_event)

/**
 * The exit code a shell would report.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)

let interrupted = false

/** Whether a signal has asked this process to end: then nothing new is to be started. */
export const wasInterrupted = () => interrupted

/**
 * Passes signals on to a child until it ends, and ends it when this process exits first.
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} group whether it leads a process group, all of which is meant
 */
function tie(child, group) {
  let last = 0
  const kill = (signal) => {
    try {
      if (group) process.kill(-child.pid, signal)
      else child.kill(signal)
    } catch {
      // It has ended by itself.
    }
  }
  const forward = (signal) => {
    interrupted = true
    // The terminal has sent its Ctrl-C to the child as well.
    if (signal === 'SIGINT' && process.stdin.isTTY && !group) return
    if (Date.now() - last < SAME_SIGNAL_MS) return
    last = Date.now()
    kill(signal)
  }
  const end = () => kill('SIGTERM')
  const watch = setInterval(() => {
    if (!startedByNpm || process.ppid === parent) return
    clearInterval(watch)
    forward('SIGTERM')
  }, PARENT_CHECK_MS)
  for (const signal of FORWARDED) process.on(signal, forward)
  process.on('exit', end)
  return () => {
    clearInterval(watch)
    for (const signal of FORWARDED) process.off(signal, forward)
    process.off('exit', end)
  }
}

/**
 * Runs a program to its end. Signals are passed on to it.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.quiet] collect the output, without colours, instead of showing it; the program gets no stdin
 * @param {number} [options.timeout] milliseconds after which it is stopped
 * @param {boolean} [options.shell]
 * @param {boolean} [options.group] give it a process group: signals then reach what it started, too
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(
  command,
  args,
  { env = process.env, quiet = false, timeout, shell = false, group = false } = {},
) {
  return new Promise((resolve) => {
    const detached = group && process.platform !== 'win32'
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { cwd: root, env, stdio, timeout, shell, detached })
    const untie = tie(child, detached)
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    const finish = (code, note = '') => {
      untie()
      resolve({ code, output: stripVTControlCharacters(Buffer.concat(chunks).toString()) + note })
    }
    child.once('error', (error) => finish(127, error.message))
    child.once('close', (code, signal) => finish(exitCode(code, signal)))
  })
}
