import './lib/node-version.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { Failure, runAsMain } from './lib/main.mjs'
import { ensureNpmPackages } from './lib/npm-packages.mjs'
import { ensureSystemPackages } from './lib/system-packages.mjs'

const busy = (text) => console.log(`… ${text}`)

async function step(name, ensure) {
  try {
    const detail = await ensure()
    console.log(`✓ ${name}${detail ? ` ${detail}` : ''}`)
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${name}: ${error.message}`)
    throw new Failure(`${name}: ${error.stack}`)
  }
}

/**
 * Installs whatever is missing to run the program; does nothing, fast, when all is there.
 * @param {{ forTests?: boolean }} [options] forTests: also what tests and the demonstration need
 */
export async function setUp({ forTests = false } = {}) {
  await step('Node', async () => process.versions.node)
  await step('npm packages', () => ensureNpmPackages(busy))
  await step('Electron', () => ensureElectron(busy))
  await step('system packages', () => ensureSystemPackages({ forTests }, busy))
}

await runAsMain(import.meta, async (args) => {
  await setUp({ forTests: args.includes('--for-tests') })
  return 0
})
