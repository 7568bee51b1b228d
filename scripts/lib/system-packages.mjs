import { spawnSync } from 'node:child_process'
import { electronProgram } from '../ensure-electron.mjs'
import { Failure } from './main.mjs'
import { onPath } from './paths.mjs'
import { run } from './run.mjs'

// One need each; any of its names will do. Since the change to 64-bit time some end in t64.
const LIBRARIES = [
  { names: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { names: ['libnss3'] },
  { names: ['libasound2t64', 'libasound2'] },
  { names: ['libgbm1'] },
  { names: ['libxss1'] },
  { names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
]
const DISPLAY = [
  { names: ['xvfb'], program: 'Xvfb' },
  { names: ['xauth'], optional: true },
  { names: ['fonts-dejavu-core'], optional: true },
  { names: ['fonts-noto-color-emoji'], optional: true },
]
// The recorder of the power cuts is written in C.
const COMPILER = [{ names: ['gcc'], program: 'cc' }, { names: ['libc6-dev'] }]
const INSTALL = ['install', '-y', '--no-install-recommends']
const LOCK_WAIT = ['-o', 'DPkg::Lock::Timeout=120']

/** Output of a program that reads the package database, in English. */
const ask = (program, args) =>
  spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout ?? ''

function missingOf(needs) {
  const names = needs.flatMap((need) => need.names)
  const listed = ask('dpkg-query', ['-W', '-f=${Package} ${db:Status-Abbrev}\n', ...names])
  const installed = new Set(
    listed.split('\n').flatMap((line) => (/ [ih]i/.test(line) ? [line.split(' ')[0]] : [])),
  )
  return needs.filter(
    ({ names, program }) => !names.some((name) => installed.has(name)) && !(program && onPath(program)),
  )
}

/** The name under which this system's package sources offer each need; undefined where they offer none. */
function offered(needs) {
  const policy = ask('apt-cache', ['policy', ...needs.flatMap((need) => need.names)])
  const available = new Set(
    [...policy.matchAll(/^(\S+):\n.*\n {2}Candidate: (?!\(none\))/gm)].map(([, name]) => name),
  )
  return needs.map(({ names }) => names.find((name) => available.has(name)))
}

/** How to become root without being asked for a password; undefined if there is no way. */
function rootPrefix() {
  if (process.getuid() === 0) return ['env']
  if (onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0)
    return ['sudo', '-n', 'env']
  return undefined
}

/** @returns {Promise<string>} nothing, or the output of what went wrong */
async function install(prefix, missing) {
  const aptGet = async (...args) => {
    const [command, ...rest] = [...prefix, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...LOCK_WAIT, ...args]
    return run(command, rest, { quiet: true })
  }
  let names = offered(missing)
  let output = ''
  if (!names.includes(undefined)) {
    const installed = await aptGet(...INSTALL, ...names)
    if (installed.code === 0) return ''
    output = installed.output
  }
  // The lists of packages are missing or too old.
  const updated = await aptGet('update')
  names = offered(missing)
  if (names.includes(undefined)) return `${output}${updated.output}`
  const again = await aptGet(...INSTALL, ...names)
  return again.code === 0 ? '' : again.output
}

async function ensureDebianPackages(needs, busy) {
  const missing = missingOf(needs)
  if (missing.length === 0) return ''
  const names = offered(missing).map((name, index) => name ?? missing[index].names.at(-1))
  const list = names.join(' ')
  const sudo = process.getuid() === 0 ? '' : 'sudo '
  const byHand = `${sudo}apt-get update && ${sudo}apt-get ${INSTALL.join(' ')} ${list}`
  const prefix = rootPrefix()
  if (!prefix) {
    if (missing.every((need) => need.optional)) return `without ${list}, which would make pictures complete`
    throw new Failure(
      `${list} missing, and installing needs an administrator. Run this, then try again:\n  ${byHand}`,
    )
  }
  busy(`system packages: installing ${list}`)
  const trouble = await install(prefix, missing)
  if (trouble) throw new Failure(`${trouble}\n${list} could not be installed. Try by hand:\n  ${byHand}`)
  return `installed ${list}`
}

/** Elsewhere package names differ: say what is missing and leave the rest to the person. */
function checkOtherLinux(forTests) {
  const libraries = [...ask('ldd', [electronProgram()]).matchAll(/(\S+) => not found/g)].map(
    ([, name]) => name,
  )
  const missing = [...libraries, ...(forTests && !onPath('Xvfb') ? ['Xvfb (the virtual X server)'] : [])]
  if (missing.length === 0) return ''
  throw new Failure(
    `missing: ${missing.join(', ')}. Install what provides them with your system's package manager, then try again.`,
  )
}

/**
 * The system's libraries for Electron and, for tests and the demonstration, a virtual display and fonts.
 * @param {{ forTests: boolean }} options
 * @param {(text: string) => void} busy
 */
export async function ensureSystemPackages({ forTests }, busy) {
  if (process.platform !== 'linux') return ''
  if (!onPath('apt-get') || !onPath('dpkg-query')) return checkOtherLinux(forTests)
  return ensureDebianPackages(forTests ? [...LIBRARIES, ...DISPLAY, ...COMPILER] : LIBRARIES, busy)
}
