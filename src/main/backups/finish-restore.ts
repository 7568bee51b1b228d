import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DATABASE_SET, MANIFEST, MARKS } from '../startup/data-files'
import { syncFolder } from '../db/sync-to-disk'
import { makeFolder, writeWhole } from './disk'

/** What was decided before the first file was moved: whoever reads it carries the restore through. */
const Decision = z.object({
  format: z.literal(1),
  /** Folder that takes the present set. */
  aside: z.string().regex(/^before-restore-[\dTZ]+$/u),
  /** True when a proven backup of the present set was made, so that its files need not stay. */
  dropAside: z.boolean(),
})
export type Decision = z.infer<typeof Decision>

/** Each step of the swap; told before it is taken, so that a test can stop there. */
export type SwapStep = 'decided' | 'aside' | 'moved' | 'in' | 'dropped' | 'done'

/** The files that make up a database, which goes last, and the marks that tell how far it had come. */
const SET = [...MARKS, MANIFEST, ...DATABASE_SET.toReversed()]

/** Folder in which the database to come is made ready. */
export function comingFolder(dataFolder: string): string {
  return join(dataFolder, 'restoring')
}

function decisionPath(dataFolder: string): string {
  return join(dataFolder, 'restore.json')
}

/** Decides the swap for good: from here on the next start carries it through. */
export function decideSwap(dataFolder: string, decision: Omit<Decision, 'format'>): void {
  writeWhole(decisionPath(dataFolder), `${JSON.stringify({ format: 1, ...decision } satisfies Decision)}\n`)
}

function readDecision(dataFolder: string): Decision | null {
  const path = decisionPath(dataFolder)
  if (!existsSync(path)) return null
  return Decision.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/**
 * Carries a decided restore through, from wherever it was cut off, or clears away one that was not decided. Before
 * anything opens the database of this folder; costs two looks at the disk when there is nothing to do. True when the
 * data were swapped. Throws what the file system says; calling again goes on.
 */
export function finishRestore(dataFolder: string, onStep: (step: SwapStep) => void = () => {}): boolean {
  const decision = readDecision(dataFolder)
  const coming = comingFolder(dataFolder)
  if (decision === null) {
    rmSync(coming, { recursive: true, force: true })
    return false
  }
  const aside = join(dataFolder, decision.aside)
  const next = join(coming, 'dispatcher.db')
  // Once the new file has its name, the set of that name is the new one and must stay.
  if (existsSync(next)) {
    onStep('decided')
    makeFolder(aside)
    moveSet(dataFolder, aside, onStep)
    onStep('moved')
    renameSync(next, join(dataFolder, 'dispatcher.db'))
    syncFolder(dataFolder)
    syncFolder(coming)
  }
  onStep('in')
  if (decision.dropAside) rmSync(aside, { recursive: true, force: true })
  onStep('dropped')
  rmSync(coming, { recursive: true, force: true })
  rmSync(decisionPath(dataFolder))
  syncFolder(dataFolder)
  onStep('done')
  return true
}

/** The whole set goes: a journal left beside another database would be played into it. */
function moveSet(dataFolder: string, aside: string, onStep: (step: SwapStep) => void): void {
  for (const name of SET) {
    onStep('aside')
    if (existsSync(join(dataFolder, name))) renameSync(join(dataFolder, name), join(aside, name))
  }
  syncFolder(aside)
  syncFolder(dataFolder)
}
