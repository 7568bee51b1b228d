import { type Health, watchHealth } from './health/watch-health'
import type { DeskHandlers } from '../shared/ipc/contract'
import { NO_CONDITIONS } from '../shared/model/conditions'
import { Refusal } from '../shared/model/refusal'
import type { Language } from '../shared/model/vocabulary'
import { store } from './bot/downloader'
import { readSetting } from './db/settings'
import { createHandlers, type BotControl } from './ipc/handlers'
import { type Monitoring, openMonitoring } from './health/monitoring'
import { type Office, openOffice } from './office'
import { openPracticeWorld, type PracticeWorld } from './practice/practice-world'
import { seedPractice } from './practice/seed'
import { officeOptions, connectWindows, type Session, type SessionDeps } from './session'
import { practiceFolder, prepareDataFolder } from './settings/environment'
import { APP_VERSION } from './version'

/** Opens the practice building: its own folder, a simulator in place of Telegram, and a phone to play with. */
export async function openPracticeSession(deps: SessionDeps): Promise<Session> {
  const { environment, log, systemLanguage: language } = deps
  const folder = practiceFolder(environment.dataFolder)
  prepareDataFolder(folder)
  const onProblem = (error: unknown) => {
    log.warn({ error, scope: 'practice' }, 'The chats of the practice building could not be kept')
  }
  const world = await openPracticeWorld({ folder, language, now: Date.now, onProblem })
  const windows = connectWindows(log)
  const office = openOffice(
    officeOptions(deps, { folder, apiRoot: world.simulator.apiRoot, onBotState: windows.onBotState }),
  )
  const { database, telegram } = office
  const { engine } = telegram
  const unlisten = windows.listen(database)
  await furnish(office, world, language)
  const health = practiceHealth(deps, office)
  const unlistenPhone = world.phone.onChange((telegramId) => {
    windows.push.send({ type: 'phone', telegramId })
  })
  const monitoring = practiceMonitoring(deps, office, health, windows.push)
  return {
    folder,
    inPractice: true,
    language: () => readSetting(database.read, 'language') ?? language,
    handlers: practiceHandlers(deps, office, world, health),
    push: windows.push,
    startBot: async () => {
      await engine.start(world.simulator.token)
      await monitoring.start()
    },
    resumed: engine.retryNow,
    practiceFile: (fileId) => world.phone.fileBytes(fileId),
    showHealth: () => {},
    close: async () => {
      monitoring.stop()
      health.stop()
      unlistenPhone()
      unlisten()
      windows.push.stop()
      await office.close()
      await world.close()
    },
  }
}

function practiceHealth({ memoryBytes }: SessionDeps, office: Office): Health {
  const conditions = () => NO_CONDITIONS
  return watchHealth({
    office,
    botState: office.telegram.engine.state,
    conditions,
    backups: null,
    memoryBytes,
  })
}

/** Fills a building that nobody has opened yet. */
async function furnish(
  { database, filesFolder }: Office,
  world: PracticeWorld,
  language: Language,
): Promise<void> {
  if (readSetting(database.read, 'setUp')) return
  const storeFile = (bytes: Uint8Array) => store(filesFolder, bytes)
  await seedPractice({ database, simulator: world.simulator, storeFile, now: Date.now, language })
}

/** The history is kept here too, so that the screen can be learned; nothing is alerted. */
function practiceMonitoring(
  deps: SessionDeps,
  office: Office,
  { facts }: Health,
  push: Session['push'],
): Monitoring {
  return openMonitoring({
    office,
    facts,
    log: deps.log,
    everyMs: deps.environment.alertStepMs,
    signals: null,
    alerts: false,
    language: () => deps.systemLanguage,
    onLook: () => {
      push.send({ type: 'changed', topics: ['health'], requestIds: null })
    },
  })
}

function practiceHandlers(
  deps: SessionDeps,
  office: Office,
  world: PracticeWorld,
  health: Health,
): DeskHandlers {
  const { database, useCases, telegram } = office
  const { engine } = telegram
  return createHandlers({
    ...useCases,
    database,
    bot: playedBot(engine.state, engine.retryNow),
    practice: phoneHandlers(world.phone, deps.move),
    backups: null,
    chooseFolder: deps.chooseFolder,
    whileClosed: deps.whileClosed,
    health,
    conditions: () => NO_CONDITIONS,
    lookNow: () => {},
    inPractice: true,
    tokenGiven: true,
    systemLanguage: deps.systemLanguage,
    version: APP_VERSION,
    undoMs: deps.environment.undoMs,
    now: Date.now,
    openLink: deps.openLink,
  })
}

/** In the practice building no real bot can be connected. */
function playedBot(state: BotControl['state'], retryNow: BotControl['retryNow']): BotControl {
  const refuse = () => {
    throw new Refusal('not-in-practice')
  }
  return {
    state,
    check: refuse,
    connect: refuse,
    disconnect: refuse,
    retryNow,
    storage: () => ({ protected: true, backend: 'practice' }),
  }
}

function phoneHandlers(phone: PracticeWorld['phone'], move: SessionDeps['move']): DeskHandlers['practice'] {
  return {
    open: () => {},
    leave: () => {
      move('real')
    },
    startOver: () => {
      move('fresh-practice')
    },
    people: phone.people,
    chat: phone.chat,
    write: phone.write,
    sendPhoto: phone.sendPhoto,
    press: phone.press,
    openStartLink: phone.openStartLink,
  }
}
