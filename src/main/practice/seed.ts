import type { RequestId } from '../../shared/model/ids'
import { must } from '../../shared/model/refusal'
import type { Language } from '../../shared/model/vocabulary'
import type { Database, WritableDb } from '../db/database'
import { addDownload } from '../db/files'
import { findDue, settleOutgoing } from '../db/outbox'
import { writeSetting } from '../db/settings'
import { playable } from './playable'
import { assignedRequests, newRequests } from './sample-open'
import { otherEnds } from './sample-other-ends'
import { type PictureName, samplePicture } from './sample-pictures'
import { resolvedRequests } from './sample-resolved'
import { solvedRequests } from './sample-solved'
import type { SampleRequest } from './sample-step'
import { momentOf } from './sample-time'
import { heldRequests, startedRequests } from './sample-work'
import { addBuildings, addPeople } from './seed-people'
import { play, report } from './seed-request'
import type { Simulator } from './simulator/simulator'
import { createStage, type Stage, uniqueIdOf } from './stage'

/** How long after its cause a message of the past arrived, in ms. */
const DELIVERY_MS = 1_500
const ALL = Number.MAX_SAFE_INTEGER
const NONE: ReadonlySet<number> = new Set()

const sampleRequests: readonly SampleRequest[] = [
  ...newRequests,
  ...assignedRequests,
  ...startedRequests,
  ...heldRequests,
  ...resolvedRequests,
  ...solvedRequests,
  ...otherEnds,
]

/** What seeding needs. */
export type SeedOptions = {
  /** Migrated and empty. */
  readonly database: Pick<Database, 'transact'>
  /** Of `openPracticeWorld`, whose people have met the bot. */
  readonly simulator: Pick<Simulator, 'token' | 'person'>
  /** Keeps the bytes of a file where the windows and the bot look for them, and gives their SHA-256 in hex. */
  readonly storeFile: (bytes: Uint8Array) => Promise<string>
  readonly now: () => number
  readonly language: Language
}

/**
 * Fills a new practice database with two buildings, their people and sixty requests with a past. Nothing of
 * that past is sent. What is pending afterwards is only that some people ask the bot for their list, so that
 * their phones are not empty.
 */
export async function seedPractice(options: SeedOptions): Promise<void> {
  const hashes = await storePictures(options.storeFile)
  const now = options.now()
  options.database.transact((db) => {
    const botId = Number(options.simulator.token.split(':', 1)[0])
    const stage = createStage(db, { now, botId, language: options.language, hashes })
    rememberPictures(db, hashes, now)
    addBuildings(stage)
    addPeople(stage)
    playAll(stage)
    writeSetting(db, 'language', options.language)
    writeSetting(db, 'setUp', true)
  })
  for (const { telegramId, role } of playable) {
    const person = options.simulator.person(telegramId)
    if (person.hasStarted()) person.write(role === 'technician' ? '/jobs' : '/my')
  }
}

/** Draws and keeps every picture that a request shows. */
async function storePictures(storeFile: SeedOptions['storeFile']): Promise<Map<PictureName, string>> {
  const names = new Set<PictureName>()
  for (const { photos = [], steps } of sampleRequests) {
    for (const photo of photos) names.add(photo)
    for (const step of steps) {
      if ((step[1] === 'remark' || step[1] === 'reply') && step[3] !== undefined) names.add(step[3])
    }
  }
  const stored = [...names].map(async (name) => [name, await storeFile(samplePicture(name))] as const)
  return new Map(await Promise.all(stored))
}

/** The pictures are on the disk already: nothing has to be fetched from Telegram. */
function rememberPictures(db: WritableDb, hashes: ReadonlyMap<PictureName, string>, now: number): void {
  for (const sha256 of hashes.values()) {
    addDownload(db, {
      uniqueId: uniqueIdOf(sha256),
      fileId: '',
      state: 'stored',
      sha256,
      attempts: 1,
      notBefore: now,
      createdAt: now,
      lastError: null,
    })
  }
}

type Happening = { readonly at: number; readonly run: () => void }

/** Plays all histories in the order in which they happened, so that numbers and the journal follow the time. */
function playAll(stage: Stage): void {
  const keyed = new Map<string, RequestId>()
  const idOf = (key: string) => must(keyed.get(key), `the sample request "${key}"`)
  const happenings = sampleRequests.flatMap((sample) => happeningsOf(stage, sample, keyed, idOf))
  for (const { at, run } of happenings.sort((a, b) => a.at - b.at)) {
    stage.setClock(at)
    run()
    markDelivered(stage)
  }
}

function happeningsOf(
  stage: Stage,
  sample: SampleRequest,
  keyed: Map<string, RequestId>,
  idOf: (key: string) => RequestId,
): Happening[] {
  let id: RequestId | undefined
  let at = momentOf(sample.at, 0, stage.now)
  const reported: Happening = {
    at,
    run: () => {
      id = report(stage, sample)
      if (sample.key !== undefined) keyed.set(sample.key, id)
    },
  }
  const steps = sample.steps.map((step): Happening => {
    at = momentOf(step[0], at, stage.now)
    return {
      at,
      run: () => {
        play(stage, must(id, 'the request of a step'), step, idOf)
      },
    }
  })
  return [reported, ...steps]
}

/** What was to be sent in the past has arrived then. */
function markDelivered({ db, clock, now }: Stage): void {
  for (const row of findDue(db, ALL, ALL, NONE)) {
    settleOutgoing(db, row, { state: 'sent', at: Math.min(now, clock() + DELIVERY_MS) })
  }
}
