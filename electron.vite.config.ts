import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build runs on the pinned Electron and on the older runtime used where the download is impossible:
// docs/decisions/0004-two-electron-runtimes.md.
const NODE_TARGET = 'node24.15'
const CHROME_TARGET = 'chrome148'

// Every script is a trip through the main process: the board's first paint takes one, the kit of screens,
// panels and dialogs comes after it in another, and each screen adds its own.
const SCRIPTS = [
  {
    name: 'first',
    test: /node_modules\/(react|react-dom|scheduler|i18next|wouter|use-sync-external-store|@tabler\/icons-react|@tanstack\/(react-virtual|virtual-core))\/|src\/renderer\/(main\.tsx|lib\/(client|store|use-store|texts|time|now|due|routes|app-state|announce|shortcuts|toasts|dispatch|moves|commands|nonce|first-calls|push)\.ts|ui\/(button|marks|avatar|key-cap|due-chip|hinted|place-name)\/)/,
    priority: 2,
  },
  {
    name: 'kit',
    test: /node_modules\/(@mantine|@floating-ui|@tanstack\/(react-query|query-core)|zod|react-i18next|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-callback-ref|use-sidecar|react-transition-group|get-nonce|clsx|tabbable)\//,
    priority: 1,
  },
]

/**
 * grammY's own HTTP client, which the program never uses: it hands grammY another one. Left out, it takes its tables
 * of characters with it, and Node's own fetch, which Node loads for whoever imports `http` as a module.
 */
const withoutNodeFetch = {
  name: 'without-node-fetch',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'node-fetch' ? '\0node-fetch' : null),
  load: (id: string) => (id === '\0node-fetch' ? 'export default undefined' : null),
}

export default defineConfig({
  main: {
    plugins: [withoutNodeFetch],
    build: {
      target: NODE_TARGET,
      sourcemap: true,
      minify: true,
      // Everything but the native module goes into one file: importing it unbundled costs ten times the time.
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          headless: 'src/main/headless.ts',
          'check-worker': 'src/main/check-worker.ts',
        },
        external: ['better-sqlite3'],
        // Beside the entries: what finds files from its own place must find the same from a shared part.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      // A sandboxed preload can only require('electron'): CommonJS, everything else bundled in.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: CHROME_TARGET,
      minify: true,
      sourcemap: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: join(import.meta.dirname, 'src/renderer/index.html'),
        output: { codeSplitting: { groups: SCRIPTS } },
      },
    },
  },
})
