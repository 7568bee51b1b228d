import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../../shared/model/vocabulary'
import { folderFileStore, readState, writeState } from './practice-files'
import { createPracticePhone, type PracticePhone } from './practice-phone'
import { newcomer, sampleResidents, sampleTechnicians } from './sample-people'
import { inLanguage, type Words } from './sample-words'
import { freshState } from './simulator/fresh-state'
import type { Simulator } from './simulator/simulator'
import { startSimulator } from './simulator/start-simulator'
import type { SimulatorState, StoredChat } from './simulator/state'

const BOT_ID = 7_204_000_001
const BOT_NAME: Words = ['Linden Court Help', 'Заявки Липовой']
/** Most often that the chats are written, in ms. */
const SAVE_EVERY_MS = 1000
/** Messages and updates that a crash may have taken: their numbers are not given again. */
const LOST_AT_MOST = 1000

/** How the practice world is opened. */
export type PracticeWorldOptions = {
  /** The data folder of the practice building. */
  readonly folder: string
  /** Language of the people, when they are made, and of the bot's name. */
  readonly language: Language
  readonly now: () => number
  /** Told when the chats can't be read or written; the practice goes on. */
  readonly onProblem: (error: unknown) => void
}

/** The simulated Telegram of the practice building. */
export type PracticeWorld = {
  readonly simulator: Simulator
  readonly phone: PracticePhone
  /** Stops it and keeps its chats. */
  readonly close: () => Promise<void>
}

/** Starts the simulated Telegram with its people, as it was left in the folder. */
export async function openPracticeWorld(options: PracticeWorldOptions): Promise<PracticeWorld> {
  const { folder, language, now, onProblem } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'telegram.json')
  const left = await readState(path, onProblem)
  const state = left === null ? freshWorld(language, now()) : skipLost(left)
  const botName = inLanguage(BOT_NAME, language)
  const saver = createSaver(() => writeState(path, simulator.snapshot()), onProblem)
  const simulator = await startSimulator({
    botName,
    botUsername: 'linden_court_practice_bot',
    now,
    state,
    files: folderFileStore(join(folder, 'telegram-files')),
    onStateChange: saver.later,
  })
  saver.later()
  return {
    simulator,
    phone: createPracticePhone(simulator, botName),
    close: async () => {
      await simulator.stop()
      await saver.finish()
    },
  }
}

/** The people before the first message on this phone: all have met the bot, but for the one who is new. */
function freshWorld(language: Language, now: number): SimulatorState {
  // Numbers that rise with the time are new even when an earlier world of the same database was lost.
  const first = Math.floor(now / 1000) % 1_000_000_000
  const met = [...sampleResidents, ...sampleTechnicians].map((person) => chatWith(person, language, true))
  return {
    ...freshState(BOT_ID),
    nextMessageId: first,
    nextUpdateId: first + 100_000_000,
    chats: [...met, chatWith(newcomer, language, false)],
  }
}

function chatWith(
  { telegramId, name, username }: typeof newcomer,
  language: Language,
  started: boolean,
): StoredChat {
  const [given = '', surname = ''] = inLanguage(name, language).split(' ')
  const profile = {
    id: telegramId,
    first_name: given,
    last_name: surname,
    language_code: language,
    ...(username === null ? {} : { username }),
  }
  return { person: { profile, started, blocked: false, deactivated: false, seen: false }, messages: [] }
}

function skipLost(state: SimulatorState): SimulatorState {
  return {
    ...state,
    nextMessageId: state.nextMessageId + LOST_AT_MOST,
    nextUpdateId: state.nextUpdateId + LOST_AT_MOST,
  }
}

function createSaver(save: () => Promise<void>, onProblem: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()
  const saveNow = () => {
    clearTimeout(timer)
    timer = undefined
    last = last.then(save).catch(onProblem)
    return last
  }
  return {
    later: () => {
      timer ??= setTimeout(() => void saveNow(), SAVE_EVERY_MS)
    },
    finish: saveNow,
  }
}
