import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseCuts, type Image, playCuts } from './power'
import { type RecordingOptions, record } from './power-recording'
import { randomOf } from './random'
import { RIG } from './child'
import type { Case, Context, Outcome } from './stage'

type Kind = RecordingOptions & { readonly name: string; readonly rows: string; readonly images: number }

/** Kinds of runs whose power is cut, with the images taken of each in the short form. */
const KINDS: readonly Kind[] = [
  {
    name: 'in a day of work',
    rows: '4, 6',
    images: 40,
    residents: 10,
    isFirstStart: false,
    kills: 0,
    checkpointPages: 1000,
  },
  {
    name: 'while the log is written back',
    rows: '6',
    images: 40,
    residents: 8,
    isFirstStart: false,
    kills: 0,
    checkpointPages: 20,
  },
  {
    name: 'after a kill, while it recovers',
    rows: '6',
    images: 20,
    residents: 8,
    isFirstStart: false,
    kills: 3,
    checkpointPages: 60,
  },
  {
    name: 'after a kill between the name of a file and its sync',
    rows: '6, 27',
    images: 20,
    residents: 6,
    isFirstStart: false,
    kills: 0,
    checkpointPages: 1000,
    endAtName: '/files/',
  },
  {
    name: 'at the first start of all',
    rows: '6, 47',
    images: 20,
    residents: 0,
    isFirstStart: true,
    kills: 0,
    checkpointPages: 1000,
  },
]

/** The power is cut at any step of a run. */
export const POWER_CASES: readonly Case[] = KINDS.map((kind) => ({
  group: 'power',
  name: `power cut ${kind.name}`,
  rows: kind.rows,
  run: (context) => cutPower(kind, context),
}))

async function cutPower(kind: Kind, context: Context): Promise<Outcome> {
  if (RIG.recorder === '') throw new Error('there is no recorder')
  const random = randomOf(context.seed)
  const recording = await record(kind, random)
  try {
    const cuts = chooseCuts(recording, Math.round(kind.images * context.share), random)
    const images = await playCuts(recording, cuts, random, context.keep)
    const bad = images.filter(({ violations }) => violations.length > 0)
    if (bad.length > 0) writeBad(context.keep, bad)
    return {
      counted: { images: images.length },
      violations: bad.flatMap(({ violations }) => violations),
      steps: bad.map(({ after, cut }) => `cut after step ${after} of ${recording.ops.length}, ${cut} kept`),
    }
  } finally {
    await recording.close()
  }
}

function writeBad(keep: string, bad: readonly Image[]): void {
  mkdirSync(keep, { recursive: true })
  writeFileSync(join(keep, 'images.json'), JSON.stringify(bad, null, 1))
}
