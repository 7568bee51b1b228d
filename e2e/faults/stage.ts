import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, pause, shownState, startChild } from './child'
import type { ChildOptions } from './child-protocol'
import { factsOf } from './facts'
import { type Facts, type Violation, violationsOf } from './invariants'
import { randomOf, type Random } from './random'
import { askAgain, step } from './residents'
import { isAtRest, openScene, type Scene } from './scene'

/** What is counted over all cases. */
type Counted = { readonly kills?: number; readonly images?: number }

/** How a case ended. */
export type Outcome = {
  readonly counted: Counted
  readonly violations: readonly Violation[]
  /** What was done, so that it can be done again. */
  readonly steps: readonly string[]
}

/** One fault, or a series of them, against the whole program. */
export type Case = {
  readonly group: 'kills' | 'power' | 'server' | 'clock' | 'disk' | 'inputs'
  readonly name: string
  /** Rows of the fault matrix in docs/faults.md. */
  readonly rows: string
  /** Mostly waits for time to pass, so that it can run beside the others. */
  readonly waits?: boolean
  readonly run: (context: Context) => Promise<Outcome>
}

/** What a case is given. */
export type Context = {
  readonly seed: number
  /** How much of a series: 1 for the short form. */
  readonly share: number
  /** Folder in which failed data folders are kept. */
  readonly keep: string
}

/** A scene with programs in it, and what happens there. */
export type Stage = {
  readonly scene: Scene
  readonly random: Random
  readonly counted: { kills: number; images: number }
  /** Every program so far; the last is the present one. */
  readonly children: Child[]
  /** Writes down what is done. */
  readonly note: (step: string) => void
  /** Breaks the case when something does not hold. */
  readonly expect: (holds: boolean, otherwise: string) => void
  /** Starts a program; its `ready` tells when it runs. */
  readonly start: (options?: Partial<ChildOptions>, env?: Readonly<Record<string, string>>) => Child
  /** Lets the first so many residents take a step; how many had something to do. */
  readonly move: (count?: number) => number
  /** Lets everybody finish in peace, on a running program, and stops it. */
  readonly finish: () => Promise<void>
}

/** Plays a case on a scene of its own, and checks at its end what must hold. */
export async function onStage(
  context: Context,
  options: Parameters<typeof openScene>[0],
  act: (stage: Stage) => Promise<Partial<Facts> | undefined>,
): Promise<Outcome> {
  const scene = await openScene(options)
  const steps: string[] = []
  const violations: Violation[] = []
  const children: Child[] = []
  const counted = { kills: 0, images: 0 }
  const shown: { last: Facts['shown'] } = { last: null }
  const stage: Stage = {
    scene,
    random: randomOf(context.seed),
    counted,
    children,
    note: (text) => steps.push(text),
    expect: (holds, otherwise) => {
      if (!holds) violations.push({ kind: 'untrue', text: otherwise })
    },
    start: (given = {}, env = {}) => {
      const { folder, simulator } = scene
      const child = startChild({ folder, apiRoot: simulator.apiRoot, token: simulator.token, ...given }, env)
      children.push(child)
      return child
    },
    move: (count = scene.residents.length) =>
      scene.residents.slice(0, count).filter((resident) => step(resident, scene.unitCode)).length,
    finish: async () => {
      const child = await rest(scene, children)
      shown.last = { is: shownState(child.said), truth: 'receiving' }
      child.tell('stop')
      const end = await child.ended
      if (end !== 'exit 0') throw new Error(`It ended by itself: ${end} ${child.complaints()}`)
    },
  }
  try {
    const given = await act(stage)
    violations.push(...violationsOf(factsOf(scene, children, { shown: shown.last, ...given })))
  } catch (error) {
    violations.push({ kind: 'stuck', text: error instanceof Error ? error.message : 'unknown' })
  }
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map(({ ended }) => ended))
  if (violations.length > 0) {
    // What an earlier failure has left would mix with this one.
    rmSync(context.keep, { recursive: true, force: true })
    mkdirSync(context.keep, { recursive: true })
    cpSync(scene.folder, join(context.keep, 'folder'), { recursive: true })
  }
  await scene.close()
  return { counted, violations, steps }
}

const LOOK_AGAIN_MS = 50

/** Lets everybody finish; the program that then rests. Throws when it does not. */
async function rest(scene: Scene, children: readonly Child[]): Promise<Child> {
  const { folder, simulator, residents, query } = scene
  const child = children.at(-1)
  if (!child) throw new Error('No program runs')
  await child.ready
  const deadline = Date.now() + 40_000
  for (let quiet = 0; quiet < 4; ) {
    if (Date.now() > deadline)
      throw new Error(`It did not come to rest: ${unrest(scene)} ${child.complaints()}`)
    await pause(LOOK_AGAIN_MS)
    const active = residents.filter((resident) => step(resident, scene.unitCode)).length
    const isOpen = query("select 1 from requests where status = 'OPEN'").length > 0
    quiet = active === 0 && !isOpen && isAtRest(folder, simulator) ? quiet + 1 : 0
    if (quiet === 2) for (const resident of residents) askAgain(resident)
  }
  return child
}

/** What still waits, for the message of a case that waits in vain. */
function unrest({ query, simulator, residents }: Scene): string {
  const told = new Set(query('select description from requests').flat())
  return JSON.stringify({
    pending: simulator.pendingUpdates().length,
    inbox: query("select update_id, attempts, last_error from inbox where state = 'new'"),
    outbox: query(
      "select kind, state, attempts, last_error from outbox where state in ('pending', 'sending')",
    ),
    downloads: query("select attempts, last_error from downloads where state = 'waiting'"),
    without: residents.filter(({ words }) => !told.has(words)).map(({ phone }) => phone.profile.id),
  })
}
