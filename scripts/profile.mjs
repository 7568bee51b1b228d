import { setUp } from './set-up.mjs'
import { join } from 'node:path'
import { electronNode } from './electron-node.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'

const built = join(root, 'node_modules', '.cache', 'profile', 'built')

/** A package that another one uses when it is there. With modules in files of their own it would be asked for at once. */
const ABSENT = {
  name: 'absent-package',
  enforce: 'pre',
  resolveId: (id) => (id === 'encoding' ? '\0absent' : undefined),
  load: (id) => (id === '\0absent' ? 'export default undefined' : undefined),
}

/** Bundles the hour with the program's own modules, each in a file of its own so that the profile names it. */
async function bundle() {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    plugins: [ABSENT],
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24.15',
      outDir: built,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: {
          profile: join(root, 'bench', 'profile.ts'),
          street: join(root, 'bench', 'hour', 'street.ts'),
        },
        output: {
          preserveModules: true,
          preserveModulesRoot: root,
          entryFileNames: '[name].js',
        },
      },
    },
  })
}

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: false })
  await bundle()
  const env = {
    ...process.env,
    BENCH_ROOT: root,
    PROFILE_OUT: join(root, '.cache', 'profile'),
    NODE_ENV: 'production',
  }
  return electronNode([join(built, 'profile.js'), ...args], env)
})
