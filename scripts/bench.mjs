import { setUp } from './set-up.mjs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronNode } from './electron-node.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { withDisplay } from './with-display.mjs'

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
        input: { main: join(root, 'bench/main.ts'), 'bot-server': join(root, 'bench/bot-server.ts') },
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

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: true })
  await build()
  await bundle()
  return withTwoDisplays((env) =>
    electronNode([join(built, 'main.js'), ...args], { ...env, BENCH_ROOT: root, NODE_ENV: 'production' }),
  )
})
