import { setUp } from './set-up.mjs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronNode } from './electron-node.mjs'
import { runAsMain } from './lib/main.mjs'
import { root } from './lib/paths.mjs'

// What the command prints is for other programs too: what goes before it must not mix with it.
console.log = console.error

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: false })
  await build()
  return electronNode([join(root, 'out/main/tool.js'), 'readiness', ...args])
})
