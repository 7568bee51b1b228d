import { join } from 'node:path'
import type { Handlers } from '../shared/ipc/contract'
import { Refusal } from '../shared/model/refusal'
import { store } from './bot/downloader'
import { countByStatus } from './db/requests'
import { readSetting, writeSetting } from './db/settings'
import { createHandlers, type BotControl } from './ipc/handlers'
import { openOffice } from './office'
import { openPracticeWorld } from './practice/practice-world'
import { seedPractice } from './practice/seed'
import { officeOptions, connectWindows, type Session, type SessionDeps } from './session'
import { practiceFolder, prepareDataFolder } from './settings/environment'
import { APP_VERSION } from './version'

/** Opens the practice building: its own folder, a simulator in place of Telegram, and a phone to play with. */
export async function openPracticeSession(deps: SessionDeps): Promise<Session> {
  const { environment, log } = deps
  const folder = practiceFolder(environment.dataFolder)
  prepareDataFolder(folder)
  const world = await openPracticeWorld({ folder, now: Date.now })
  const windows = connectWindows(log)
  const office = openOffice(
    officeOptions(deps, { folder, apiRoot: world.simulator.apiRoot, onBotState: windows.onBotState }),
  )
  const { database, useCases, engine } = office
  const unlisten = windows.listen(database)
  const isNew = [...countByStatus(database.read).values()].every((count) => count === 0)
  if (isNew) {
    const language = readSetting(database.read, 'language') ?? deps.systemLanguage
    await seedPractice({
      database,
      useCases,
      simulator: world.simulator,
      storeFile: (bytes) => store(join(folder, 'files'), bytes),
      now: Date.now,
      language,
    })
    database.transact((db) => {
      writeSetting(db, 'setUp', true)
    })
  }
  const unlistenPhone = world.phone.onChange((telegramId) => {
    windows.push.send({ type: 'phone', telegramId })
  })
  const handlers = createHandlers({
    ...useCases,
    database,
    bot: playedBot(engine.state, engine.retryNow),
    practice: practiceHandlers(world.phone, deps.move),
    inPractice: true,
    tokenGiven: true,
    systemLanguage: deps.systemLanguage,
    version: APP_VERSION,
    undoMs: environment.undoMs,
    now: Date.now,
    openLink: deps.openLink,
  })
  return {
    folder,
    inPractice: true,
    handlers,
    push: windows.push,
    startBot: () => engine.start(world.simulator.token),
    resumed: engine.retryNow,
    practiceFile: (fileId) => world.phone.fileBytes(fileId),
    close: async () => {
      unlistenPhone()
      unlisten()
      windows.push.stop()
      await office.close()
      await world.close()
    },
  }
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

type Phone = Awaited<ReturnType<typeof openPracticeWorld>>['phone']

function practiceHandlers(phone: Phone, move: SessionDeps['move']): Handlers['practice'] {
  return {
    open: () => {},
    leave: () => {
      move('real')
    },
    startOver: () => {
      move('fresh-practice')
    },
    people: () => phone.people(),
    chat: (input) => phone.chat(input),
    write: (input) => {
      phone.write(input)
    },
    sendPhoto: (input) => {
      phone.sendPhoto(input)
    },
    press: (input) => phone.press(input),
    openStartLink: (input) => {
      phone.openStartLink(input)
    },
  }
}
