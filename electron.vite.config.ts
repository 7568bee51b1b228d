import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build runs on the pinned Electron and on the older runtime used where the download is impossible:
// docs/decisions/0004-two-electron-runtimes.md.
const NODE_TARGET = 'node24.15'
const CHROME_TARGET = 'chrome148'

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      sourcemap: true,
      minify: true,
      // Everything but the native module goes into one file: importing it unbundled costs ten times the time.
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: { index: 'src/main/index.ts', headless: 'src/main/headless.ts' },
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
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
