import { setUp } from './set-up.mjs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronNode } from './electron-node.mjs'
import { electronProgram } from './ensure-electron.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { withDisplay } from './with-display.mjs'

const ENTRIES = ['main', 'starts', 'bot-server']
const built = join(root, 'node_modules', '.cache', 'bench', 'built')

/** Bundles the measuring code with the program's own modules, as the program itself is bundled. */
async function bundle() {
  const { build: viteBuild } = await import('vite')
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    ssr: { noExternal: true, external: ['better-sqlite3', 'telegraf'] },
    build: {
      ssr: true,
      target: 'node24.15',
      outDir: built,
      emptyOutDir: true,
      rolldownOptions: {
        input: ENTRIES.map((name) => join(root, 'bench', `${name}.ts`)),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

/** Two displays of their own: a window in front of another would change what is measured. */
async function withTwoDisplays(work) {
  return withDisplay(
    (first) =>
      withDisplay((second) => work({ ...second, BENCH_DISPLAYS: `${first.DISPLAY},${second.DISPLAY}` }), {
        own: true,
      }),
    { own: true },
  )
}

async function measure(args, env) {
  const code = await electronNode([join(built, 'main.js'), ...args], env)
  if (code !== 0) return code
  return (await run(process.execPath, [join(built, 'starts.js'), ...args], { env })).code
}

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: true })
  await build()
  await bundle()
  const env = { BENCH_ROOT: root, BENCH_ELECTRON: electronProgram(), NODE_ENV: 'production' }
  return withTwoDisplays((displays) => measure(args, { ...displays, ...env }))
})
