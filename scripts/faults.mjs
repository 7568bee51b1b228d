import { setUp } from './set-up.mjs'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { electronProgram } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { onPath, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const ENTRIES = {
  main: 'e2e/faults/main.ts',
  'office-child': 'e2e/faults/office-child.ts',
  'backup-child': 'e2e/faults/backup-child.ts',
  'backup-thread': 'src/main/backups/thread.ts',
}
const cache = join(root, 'node_modules', '.cache', 'faults')

/**
 * Bundles the rig with the program's own modules, as the program itself is bundled.
 * @param {string} sources folder of the sources: the project, or a changed copy of it
 * @param {string} outDir
 */
async function bundleRig(sources, outDir) {
  const { build } = await import('vite')
  await build({
    root: sources,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24.15',
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(sources, path)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

/**
 * Compiles the recorder of writes and syncs; empty where it can't be loaded into a program.
 * @returns {Promise<string>}
 */
async function compileRecorder() {
  if (process.platform !== 'linux') return ''
  if (!onPath('cc'))
    throw new Failure('power cuts need a C compiler for the recorder: install gcc and libc6-dev')
  mkdirSync(cache, { recursive: true })
  const library = join(cache, 'recorder.so')
  const source = join(root, 'e2e', 'faults', 'recorder.c')
  const compiled = await run(
    'cc',
    ['-O2', '-Wall', '-Wextra', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'],
    { quiet: true },
  )
  if (compiled.code !== 0) throw new Failure(`the recorder does not compile:\n${compiled.output}`)
  return library
}

/** Runs a program where it may mount small disks, without being root; elsewhere those cases say that they can't be. */
async function inNamespace(command, env, quiet) {
  const namespace = ['unshare', '--user', '--map-root-user', '--mount']
  const works =
    onPath('unshare') &&
    spawnSync(namespace[0], [...namespace.slice(1), 'true'], { stdio: 'ignore' }).status === 0
  const [program, ...args] = works ? [...namespace, ...command] : command
  return run(program, args, { env, quiet })
}

/**
 * Bundles the rig from sources, which may be a changed copy, and runs it.
 * @param {string[]} args
 * @param {{ sources?: string, extra?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function playFaults(args, { sources = root, extra = {}, quiet = false } = {}) {
  mkdirSync(cache, { recursive: true })
  // Of its own, so that two runs don't take each other's ground away.
  const built = mkdtempSync(join(cache, 'built-'))
  try {
    await bundleRig(sources, built)
    const env = {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_NO_WARNINGS: '1',
      FAULTS_ROOT: sources,
      FAULTS_BUILT: built,
      FAULTS_RECORDER: await compileRecorder(),
      ...extra,
    }
    return await inNamespace([electronProgram(), join(built, 'main.js'), ...args], env, quiet)
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
}

/**
 * Runs the rig.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<number>} the exit code
 */
export async function runFaults(args, extra = {}) {
  return (await playFaults(args, { extra })).code
}

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: true })
  if (args[0] !== '--mutants') return runFaults(args)
  const { tryMutants } = await import('./lib/mutants.mjs')
  return tryMutants(args.slice(1), playFaults)
})
