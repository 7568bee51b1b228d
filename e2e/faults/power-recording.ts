import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulatorState } from '../../src/main/practice/simulator/state'
import { type Child, pause, RIG, startChild } from './child'
import type { Random } from './random'
import { callsOf, type Call, linesOf, markRecord, type Op, readRecord } from './recording'
import { type Resident, step } from './residents'
import { filesBelow, isAtRest, openScene, type Scene } from './scene'

/** A run of the program with everything that it wrote, synced and sent. */
export type Recording = {
  readonly scene: Scene
  /** What lay in the folder before. */
  readonly present: ReadonlyMap<string, Buffer>
  readonly ops: readonly Op[]
  readonly calls: readonly Call[]
  /** Requests that the manager was told to be assigned, with the step that told it. */
  readonly assigned: readonly { readonly at: number; readonly id: string }[]
  /** All updates, by their number, as Telegram sent them. */
  readonly updates: ReadonlyMap<number, unknown>
  /** Telegram as it was at the end. */
  readonly state: SimulatorState
  /** Number of the update by which a resident sent the request, and of the one that added to it. */
  readonly pressedBy: ReadonlyMap<Resident, number>
  readonly addedBy: ReadonlyMap<Resident, number>
  readonly close: () => Promise<void>
}

/** How a recording is made. */
export type RecordingOptions = {
  readonly residents: number
  /** Begin with an empty folder: the first start of all. */
  readonly isFirstStart: boolean
  /** How often the program is killed, and started again, while it is recorded. */
  readonly kills: number
  /** After so many pages the log is written back into the file: the fewer, the oftener. */
  readonly checkpointPages: number
  /** The first program ends when a file gets a name with this in it, before the name is synced. */
  readonly endAtName?: string
}

/** Records a run. Throws when the program does not come to rest. */
export async function record(options: RecordingOptions, random: Random): Promise<Recording> {
  const scene = await openScene({ residents: options.residents, isEmpty: options.isFirstStart })
  const place = mkdtempSync(join(tmpdir(), 'faults-record-'))
  const path = join(place, 'record')
  const present = filesBelow(scene.folder)
  const env = { LD_PRELOAD: RIG.recorder, FAULT_FOLDER: scene.folder, FAULT_LOG: path }
  const { simulator } = scene
  const { endAtName } = options
  let first = true
  const start = () => {
    const ending: Record<string, string> =
      endAtName !== undefined && first ? { FAULT_END_AT_NAME: endAtName } : {}
    first = false
    return startChild(
      {
        folder: scene.folder,
        apiRoot: simulator.apiRoot,
        token: simulator.token,
        checkpointPages: options.checkpointPages,
      },
      { ...env, ...ending },
    )
  }
  const pressedBy = new Map<Resident, number>()
  const addedBy = new Map<Resident, number>()
  const move = (resident: Resident): boolean => {
    const { pressed, added } = resident
    const moved = step(resident, scene.unitCode)
    if (!moved) return false
    const newest = simulator.snapshot().nextUpdateId - 1
    if (resident.pressed > pressed) pressedBy.set(resident, newest)
    if (resident.added && !added) addedBy.set(resident, newest)
    markRecord(path, String(newest))
    return true
  }
  const child = await play(scene, start, move, options, random)
  child.tell('stop')
  const end = await child.ended
  if (end !== 'exit 0') throw new Error(`The recorded program ended by itself: ${end} ${child.complaints()}`)
  const ops = readRecord(readFileSync(path))
  rmSync(place, { recursive: true, force: true })
  return {
    scene,
    present,
    ops,
    calls: callsOf(ops),
    assigned: assignedOf(ops),
    updates: updatesOf(scene),
    state: simulator.snapshot(),
    pressedBy,
    addedBy,
    close: () => scene.close(),
  }
}

/** Lets the residents live, and the program die now and then, until all is done. */
async function play(
  scene: Scene,
  start: () => Child,
  move: (resident: Resident) => boolean,
  options: RecordingOptions,
  random: Random,
): Promise<Child> {
  const { residents, folder, simulator } = scene
  let child = start()
  let kills = options.kills
  let quiet = 0
  let begun = 0
  for (let round = 0; quiet < 4; round += 1) {
    if (round > 600) throw new Error('The recorded program does not come to rest')
    await child.ready
    await pause(15 + random.below(40))
    begun = Math.min(residents.length, begun + 1 + random.below(3))
    const moved = residents.slice(0, begun).filter(move).length
    const isDone = moved === 0 && begun === residents.length && isAtRest(folder, simulator)
    quiet = isDone ? quiet + 1 : 0
    if (options.endAtName !== undefined && (await hasEnded(child))) child = start()
    if (kills > 0 && random.chance(0.08)) {
      kills -= 1
      child.kill('SIGKILL')
      await child.ended
      child = start()
    }
  }
  return child
}

async function hasEnded(child: Child): Promise<boolean> {
  return Promise.race([child.ended.then(() => true), pause(1).then(() => false)])
}

function assignedOf(ops: readonly Op[]): { at: number; id: string }[] {
  return linesOf(ops).flatMap(({ at, text }) => {
    const id = /^\{"assigned":"([\w-]+)"\}$/u.exec(text)?.[1]
    return id === undefined ? [] : [{ at, id }]
  })
}

function updatesOf({ query }: Scene): Map<number, unknown> {
  const rows = query('select update_id, payload from inbox') as [number, string][]
  return new Map(rows.map(([id, payload]) => [id, JSON.parse(payload) as unknown]))
}
