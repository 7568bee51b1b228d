import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
    // Office hours and dates are local: tests pick a zone that changes its clocks.
    env: { TZ: 'Europe/Berlin' },
    // A test that hangs must end; one that waits for its turn on a busy computer must not be taken for it.
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/main/**', 'src/shared/**', 'src/renderer/**'],
      exclude: ['**/*.test.*', '**/*-fixture.*', '**/testing/**', '**/*.d.ts', '**/*.{css,html,sql,json}'],
      reporter: ['text-summary', 'json-summary', 'html'],
      // What may not fall again: the rules whole, the edges nearly so.
      thresholds: {
        'src/main/{domain,usecases}/**': { lines: 100, branches: 95 },
        'src/main/db/**': { lines: 100, branches: 95 },
        'src/main/{bot,ipc}/**': { lines: 90 },
      },
    },
  },
})
