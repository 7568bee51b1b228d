// npm run dev: the program with hot reload.
import { setUp } from './set-up.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { sandboxWorks } from './lib/sandbox.mjs'
import { join } from 'node:path'

await runAsMain(import.meta, async (args) => {
  await setUp()
  const sandbox = sandboxWorks() ? [] : ['--noSandbox']
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { code } = await run(process.execPath, [cli, 'dev', ...sandbox, ...args], { cwd: root })
  return code
})
