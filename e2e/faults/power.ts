import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '../../src/main/practice/simulator/start-simulator'
import type { Simulator } from '../../src/main/practice/simulator/simulator'
import { until } from './child'
import { CrashDisk, CUTS, type Cut } from './crash-disk'
import { secretsOf, seenMessages, toldBy } from './facts'
import { deliveredBy, deliveredOf, type Told, type Violation, violationsOf } from './invariants'
import { type Recording } from './power-recording'
import type { Random } from './random'
import { openOfficeHere } from './scene'

/** A power cut: after so many steps of the record, with what the disk makes of the rest. */
export type PowerCut = { readonly after: number; readonly cut: Cut }

/** What was found after a power cut. */
export type Image = PowerCut & { readonly violations: readonly Violation[] }

/** Chooses power cuts, in the order of the record; many just after something went out, when a loss would be noticed. */
export function chooseCuts({ ops }: Recording, count: number, random: Random): PowerCut[] {
  const outs = ops.flatMap((op, index) => (op.kind === 'out' ? [index + 1] : []))
  return Array.from({ length: count }, () => ({
    after: random.chance(0.5) && outs.length > 0 ? random.pick(outs) : 1 + random.below(ops.length),
    cut: random.pick(CUTS),
  })).sort((a, b) => a.after - b.after)
}

/**
 * Plays power cuts: lays out each image, has the program open it and work on until all is done, and checks what must
 * hold. A folder that fails is kept in `keep`.
 */
export async function playCuts(
  recording: Recording,
  cuts: readonly PowerCut[],
  random: Random,
  keep: string,
): Promise<Image[]> {
  const disk = new CrashDisk(recording.scene.folder, recording.present)
  const images: Image[] = []
  let played = 0
  for (const { after, cut } of cuts) {
    for (; played < after; played += 1) {
      const op = recording.ops[played]
      if (op) disk.play(op)
    }
    const folder = mkdtempSync(join(tmpdir(), 'faults-image-'))
    disk.writeImage(folder, cut, random)
    const original = `${folder}-as-cut`
    cpSync(folder, original, { recursive: true })
    const violations = await checkImage(recording, folder, after)
    if (violations.length > 0) {
      mkdirSync(keep, { recursive: true })
      cpSync(original, join(keep, `after-${after}-${cut}`), { recursive: true })
    }
    rmSync(original, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
    images.push({ after, cut, violations })
  }
  return images
}

async function checkImage(recording: Recording, folder: string, after: number): Promise<Violation[]> {
  const { scene, updates, calls } = recording
  const acknowledged = acknowledgedAt(recording, after)
  const pushed = pushedAt(recording, after)
  const waiting = [...updates].filter(([id]) => id >= acknowledged && id <= pushed)
  const simulator = await startSimulator({
    files: scene.files,
    state: {
      ...recording.state,
      updates: waiting.map(([id, update]) => ({ id, update, at: Date.now() })),
    },
  })
  try {
    const early = await workOn(recording, folder, after, simulator)
    if (early.length > 0) return early
    const sent = calls.filter(({ at, method }) => at < after && method === 'sendMessage')
    return violationsOf({
      folder,
      confirmed: [...updates.keys()].filter((id) => id < acknowledged),
      told: scene.residents.map(
        (resident): Told =>
          toldBy(resident, {
            request: (recording.pressedBy.get(resident) ?? Number.POSITIVE_INFINITY) <= pushed,
            addition: (recording.addedBy.get(resident) ?? Number.POSITIVE_INFINITY) <= pushed,
          }),
      ),
      delivered: [...sent.map(({ params }) => deliveredBy(params)), ...deliveredOf(simulator.ledger)],
      seen: seenMessages({ simulator }),
      untouched: scene.untouched,
      secrets: secretsOf(scene),
      outputs: '',
      shown: null,
    })
  } finally {
    await simulator.stop()
  }
}

/** Has the program open the image and work until nothing waits; what is wrong already before that. */
async function workOn(
  recording: Recording,
  folder: string,
  after: number,
  simulator: Simulator,
): Promise<Violation[]> {
  let office: ReturnType<typeof openOfficeHere>
  try {
    office = openOfficeHere(folder, simulator)
  } catch (error) {
    return [{ kind: 'corrupt', text: `it can't be opened: ${error instanceof Error ? error.message : ''}` }]
  }
  const { sqlite } = office.database
  try {
    const damage = damageIn(sqlite)
    if (damage.length > 0) return damage
    const lost = lostAssignments(recording, sqlite, after)
    if (lost.length > 0) return lost
    const waiting = sqlite.prepare(WAITING).pluck()
    await office.telegram.engine.start(simulator.token)
    await until('rest', () => simulator.pendingUpdates().length === 0 && waiting.get() === 0)
    return []
  } catch (error) {
    const isDamage = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
    const text = error instanceof Error ? error.message : 'unknown'
    return [{ kind: isDamage ? 'corrupt' : 'stuck', text }]
  } finally {
    await office.close()
  }
}

type Sqlite = ReturnType<typeof openOfficeHere>['database']['sqlite']

const WAITING = `select (select count(*) from inbox where state = 'new')
  + (select count(*) from outbox where state in ('pending', 'sending'))
  + (select count(*) from downloads where state = 'waiting')`

/** What the manager was told to be done must be done. */
function lostAssignments({ assigned }: Recording, sqlite: Sqlite, after: number): Violation[] {
  const isAssigned = sqlite
    .prepare<[string], number>("select count(*) from requests where id = ? and status <> 'OPEN'")
    .pluck()
  return assigned
    .filter(({ at, id }) => at < after && isAssigned.get(id) !== 1)
    .map(() => ({ kind: 'lost' as const, text: 'an assignment is lost' }))
}

/** What is damaged already when the image is opened; asked before anything else is, which might fail for it. */
function damageIn(sqlite: Sqlite): Violation[] {
  const answers = sqlite.prepare('pragma integrity_check(1)').pluck().all()
  return answers[0] === 'ok' ? [] : [{ kind: 'corrupt', text: `integrity: ${String(answers[0])}` }]
}

/** The offset that had been sent to Telegram by then: everything below it was confirmed. */
function acknowledgedAt({ calls }: Recording, after: number): number {
  const offsets = calls
    .filter(
      ({ at, method, params }) => at < after && method === 'getUpdates' && params['offset'] !== undefined,
    )
    .map(({ params }) => Number(params['offset']))
  return Math.max(0, ...offsets)
}

/** Number of the newest update that there was by then. */
function pushedAt({ ops }: Recording, after: number): number {
  const mark = ops.slice(0, after).findLast((op) => op.kind === 'mark')
  return mark?.kind === 'mark' ? Number(mark.text) : 0
}
