import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const SOURCES = ['src', 'drizzle', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const ENTRIES = [
  'main/index.js',
  'main/headless.js',
  'main/tool.js',
  'main/upgrade-worker.js',
  'main/backup-thread.js',
  'main/backup-cli.js',
  'main/check-worker.js',
  'preload/index.cjs',
  'renderer/index.html',
]
const out = join(root, 'out')
const stampFile = join(out, '.stamp')

/** The paths of all files at or below a path, in a fixed order. */
function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}

/** The content of the sources: a checkout that only changes times does not cause a build. */
function sourcesHash() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesIn(join(root, source)))) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

/** Sizes and times of what was built: another build in the same folder, such as `npm run dev`, changes them. */
function outputHash() {
  const hash = createHash('sha256')
  for (const file of filesIn(out).filter((path) => path !== stampFile)) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file.slice(root.length)}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex')
}

function isBuilt(sources) {
  if (!existsSync(stampFile) || ENTRIES.some((entry) => !existsSync(join(out, entry)))) return false
  return readFileSync(stampFile, 'utf8') === `${sources} ${outputHash()}`
}

/**
 * Builds the program into out/ unless that was built from these very sources. Output is shown only on failure.
 */
export async function build() {
  const sources = sourcesHash()
  if (isBuilt(sources)) {
    console.log('✓ build')
    return
  }
  console.log('… build: building')
  const started = Date.now()
  rmSync(stampFile, { force: true })
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const { code, output } = await run(process.execPath, [builder, 'build'], { env, quiet: true })
  if (code !== 0) throw new Failure(`${output}\nbuild: electron-vite failed with exit code ${code}`)
  const absent = ENTRIES.filter((entry) => !existsSync(join(out, entry)))
  if (absent.length > 0) throw new Failure(`${output}\nbuild: out/${absent.join(', out/')} was not built`)
  writeFileSync(stampFile, `${sources} ${outputHash()}`)
  console.log(`✓ build (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

await runAsMain(import.meta, async () => {
  await build()
  return 0
})
