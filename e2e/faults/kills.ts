import { pause } from './child'
import type { Point } from './child-protocol'
import type { Random } from './random'
import { type Case, onStage, type Stage } from './stage'

/** Written out here, so that a point that vanishes from the child is missed. */
const NAMED: readonly Point[] = [
  'fetched',
  'inboxed',
  'handler-start',
  'domain-mid',
  'domain-kept',
  'domain-done',
  'outbox-sending',
  'http-sent',
  'http-replied',
  'outbox-sent',
  'ack-called',
  'file-fetched',
  'file-stored',
  'assigned',
  'stop-called',
  'stopped',
]
/** Points that one run may pass several times; the others only once for sure. */
const OFTEN = new Set<Point>([
  'domain-mid',
  'domain-kept',
  'outbox-sending',
  'http-sent',
  'http-replied',
  'outbox-sent',
])
/** Kills at a random time, beside those at the named points, in each series. */
const AT_RANDOM = 16
const RESIDENTS_A_KILL = 1.5
/** A point that is not reached in this time is left out this time, in ms. */
const POINT_LIMIT_MS = 2_500

/** The program is killed again and again while residents write. */
export const KILL_CASES: readonly Case[] = [
  {
    group: 'kills',
    name: 'killed at every named point and at random',
    rows: '1-5, 16',
    run: (context) => {
      const kills = Math.round((NAMED.length * 3 + AT_RANDOM) * context.share)
      const residents = Math.min(120, Math.round(kills * RESIDENTS_A_KILL))
      return onStage(context, { residents }, async (stage) => {
        const reached = await killAgainAndAgain(stage, kills)
        stage.start()
        await stage.finish()
        const missed = NAMED.filter((point) => !reached.has(point))
        if (context.share >= 1) stage.expect(missed.length === 0, `never killed at ${missed.join(', ')}`)
        return undefined
      })
    },
  },
]

async function killAgainAndAgain(stage: Stage, kills: number): Promise<Set<Point | null>> {
  const { residents } = stage.scene
  const points: (Point | null)[] = [...NAMED, ...Array.from({ length: AT_RANDOM / 2 }, () => null)]
  const reached = new Set<Point | null>()
  for (let run = 0; stage.counted.kills < kills; run += 1) {
    if (run > 3 * kills) throw new Error('the points are not reached')
    stage.move(Math.ceil(((stage.counted.kills + 1) * residents.length) / kills))
    const at = points[run % points.length] ?? null
    const end = await killOnce(stage, at)
    stage.note(`${at ?? 'random'}: ${end}`)
    if (end === 'SIGKILL') {
      stage.counted.kills += 1
      reached.add(at)
    } else if (end !== 'SIGTERM' && end !== 'exit 0') {
      throw new Error(`it ended by itself: ${end} ${stage.children.at(-1)?.complaints() ?? ''}`)
    }
  }
  return reached
}

/** Starts a program that will be killed, and waits until it is; what ended it. */
async function killOnce({ start, random }: Stage, at: Point | null): Promise<string> {
  if (at === null) return killAtRandom(start, random)
  const nth = OFTEN.has(at) ? 1 + random.below(3) : 1
  const child = start({ at, nth })
  await child.ready
  if (at === 'stop-called' || at === 'stopped') {
    await pause(40)
    child.tell('stop')
  }
  // A point that is not reached is no kill: the run says so by its end.
  const tooLong = setTimeout(() => child.kill('SIGTERM'), POINT_LIMIT_MS)
  const end = await child.ended
  clearTimeout(tooLong)
  return end
}

async function killAtRandom(start: Stage['start'], random: Random): Promise<string> {
  const child = start()
  await pause(100 + random.below(350))
  child.kill('SIGKILL')
  return child.ended
}
