import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../..')
let built: Promise<string> | null = null

/** The script of the backups' threads, built as the program builds it: a thread can't read the sources. */
export function builtThread(): Promise<string> {
  built ??= make()
  return built
}

async function make(): Promise<string> {
  // Within the project, where the thread finds the native module.
  const outDir = join(root, 'node_modules/.cache/backup-thread', String(process.pid))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24.15',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { 'backup-thread': join(root, 'src/main/backups/thread.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  return join(outDir, 'backup-thread.js')
}
