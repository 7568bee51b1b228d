import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../..')
// Within the project, where it finds the native module, and as deep as `out/main`, from where the migrations are found.
const outDir = join(root, 'node_modules', `.built-${String(process.pid)}`)
let built: Promise<string> | null = null

/** The script of the backups' threads, built as the program builds it: a thread can't read the sources. */
export function builtThread(): Promise<string> {
  built ??= make()
  return built
}

/** Removes what builtThread has made. */
export function removeBuilt(): void {
  rmSync(outDir, { recursive: true, force: true })
}

async function make(): Promise<string> {
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
        input: {
          'backup-thread': join(root, 'src/main/backups/thread.ts'),
          'backup-cli': join(root, 'src/main/backups/cli-entry.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return join(outDir, 'backup-thread.js')
}
