import type { ActionResult, AppState, DeskHandlers, Handlers } from '../../shared/ipc/contract'
import type { BotIdentity, BotState } from '../../shared/model/bot-state'
import type { Conditions } from '../../shared/model/conditions'
import { must, Refusal } from '../../shared/model/refusal'
import type { RequestCard } from '../../shared/model/request'
import type { Language } from '../../shared/model/vocabulary'
import type { Database } from '../db/database'
import type { UpdateKey } from '../db/inbox'
import { findManager, findTechnicians } from '../db/people'
import { findCards } from '../db/requests'
import { readSetting, writeSetting } from '../db/settings'
import type { Request } from '../domain/request'
import type { Backups } from '../backups/service'
import type { Attention } from '../usecases/attention'
import type { Commenting } from '../usecases/commenting'
import type { Dispatching, Done } from '../usecases/dispatching'
import type { People } from '../usecases/people'
import type { Places } from '../usecases/places'
import { type AlertHandlerDeps, alertHandlers, historyHandler } from './alert-handlers'
import { backupHandlers, backupOf, oldBackup, type WhileClosed } from './backup-handlers'
import { healthHandlers, type HealthSource } from './health-handlers'
import { cardOf, openBoard, pageOf } from './views/cards'
import { detailsOf } from './views/details'
import { archiveOf, attentionOf, inviteOf, invitesOf, peopleOf, placesOf, updateKeyOf } from './views/lists'

/** What the handlers reach of the bot. Tokens go in, none ever comes out. */
export type BotControl = {
  readonly state: () => BotState
  readonly check: (token: string) => Promise<BotIdentity>
  readonly connect: (wish: {
    readonly token: string
    readonly removeWebhook: boolean
    readonly storeUnprotected: boolean
    readonly acceptOtherBot: boolean
  }) => Promise<BotIdentity>
  readonly disconnect: () => Promise<void>
  readonly retryNow: () => void
  readonly storage: () => { readonly protected: boolean; readonly backend: string }
}

/** What the handlers are given. */
export type HandlerDeps = Pick<AlertHandlerDeps, 'alerting' | 'linking' | 'lookNow'> & {
  readonly database: Database
  readonly dispatching: Dispatching
  readonly commenting: Commenting
  readonly people: People
  readonly places: Places
  readonly attention: Attention
  readonly bot: BotControl
  /** How the program does; null where data are only looked at. */
  readonly health: HealthSource | null
  /** Lasting conditions of the data, now. */
  readonly conditions: () => Conditions
  readonly practice: Handlers['practice']
  /** Null in the practice building, which has none. */
  readonly backups: Backups | null
  /** Asks for a folder with the system's own dialog; null when nobody chose one. */
  readonly chooseFolder: () => Promise<string | null>
  /** Closes the data, does the work, and opens them again. */
  readonly whileClosed: WhileClosed
  readonly inPractice: boolean
  /** True when the environment brings the token: then there is nothing to guide through. */
  readonly tokenGiven: boolean
  readonly systemLanguage: Language
  readonly version: string
  readonly undoMs: number
  readonly now: () => number
  readonly openLink: (url: string) => Promise<boolean>
}

/** The contract, served by use cases and readers. */
export function createHandlers(deps: HandlerDeps): DeskHandlers {
  const { read } = deps.database
  return {
    app: appHandlers(deps),
    board: {
      open: () => openBoard(read),
      page: ({ status, after, limit }) => pageOf(read, status, after, limit),
    },
    requests: requestHandlers(deps),
    people: peopleHandlers(deps),
    places: placeHandlers(deps),
    bot: botHandlers(deps),
    attention: attentionHandlers(deps),
    health: { ...healthHandlers(deps.health), history: historyHandler(deps) },
    backups: backupHandlers(deps),
    alerts: alertHandlers(deps),
    practice: deps.practice,
  }
}

function placeHandlers({ database, places }: HandlerDeps): Handlers['places'] {
  return {
    list: () => placesOf(database.read),
    addBuilding: (given) => ({ id: places.addBuilding(given) }),
    renameBuilding: ({ buildingId, ...given }) => {
      places.renameBuilding(buildingId, given)
    },
    setBuildingActive: ({ buildingId, active }) => {
      places.setBuildingActive(buildingId, active)
    },
    addUnits: ({ buildingId, names, kind }) => {
      places.addUnits(buildingId, names, kind)
    },
    renameUnit: ({ unitId, name }) => {
      places.renameUnit(unitId, name)
    },
    setUnitActive: ({ unitId, active }) => {
      places.setUnitActive(unitId, active)
    },
  }
}

function botHandlers({ bot }: HandlerDeps): Handlers['bot'] {
  return {
    check: ({ token }) => bot.check(token),
    connect: ({ acceptOtherBot, ...wish }) =>
      bot.connect({ ...wish, acceptOtherBot: acceptOtherBot ?? false }),
    disconnect: () => bot.disconnect(),
    retryNow: () => {
      bot.retryNow()
    },
    storage: () => bot.storage(),
  }
}

function attentionHandlers({ database, attention, backups }: HandlerDeps): Handlers['attention'] {
  return {
    list: () => [...oldBackup(backups), ...attentionOf(database.read)],
    retryUpdate: ({ id }) => {
      attention.retryUpdate(updateKey(id))
    },
    dismissUpdate: ({ id }) => {
      attention.dismissUpdate(updateKey(id))
    },
    sendAgain: ({ outboxId }) => {
      attention.sendAgain(outboxId)
    },
    leaveIt: ({ outboxId }) => {
      attention.leaveIt(outboxId)
    },
  }
}

function updateKey(id: string): UpdateKey {
  const key = updateKeyOf(id)
  if (key === null) throw new Refusal('not-found')
  return key
}

function appHandlers({ database, ...deps }: HandlerDeps): Handlers['app'] {
  const { read, transact } = database
  return {
    state: (): AppState => ({
      language: readSetting(read, 'language') ?? deps.systemLanguage,
      version: deps.version,
      practice: deps.inPractice,
      bot: deps.bot.state(),
      setUp: deps.tokenGiven || readSetting(read, 'setUp'),
      managerName: findManager(read)?.name ?? '',
      gap: readSetting(read, 'gap'),
      backup: backupOf(deps.backups),
      restored: readSetting(read, 'restored'),
      conditions: deps.conditions(),
    }),
    setLanguage: ({ language }) => {
      transact((db) => {
        writeSetting(db, 'language', language)
      })
    },
    finishSetUp: () => {
      transact((db) => {
        writeSetting(db, 'setUp', true)
      })
    },
    dismissGap: () => {
      transact((db) => {
        writeSetting(db, 'gap', null)
      })
    },
    dismissRestored: () => {
      transact((db) => {
        writeSetting(db, 'restored', null)
      })
    },
    openLink: async ({ url }) => {
      if (!(await deps.openLink(url))) throw new Refusal('bad-request')
    },
  }
}

function requestHandlers({ database, dispatching, commenting, undoMs }: HandlerDeps): Handlers['requests'] {
  const { read } = database
  const card = (request: Request): RequestCard =>
    cardOf(must(findCards(read, [request.id])[0], 'the card of a request'))
  const result = ({ request, undo }: Done): ActionResult => ({ card: card(request), undo, undoMs })
  return {
    details: ({ requestId }) => detailsOf(read, requestId),
    create: (given) => result(dispatching.create(given)),
    assign: ({ requestId, technicianId }) => result(dispatching.assign(requestId, technicianId)),
    unassign: ({ requestId }) => result(dispatching.unassign(requestId)),
    setPriority: ({ requestId, priority }) => result(dispatching.setPriority(requestId, priority)),
    start: ({ requestId }) => result(dispatching.start(requestId)),
    hold: ({ requestId, reason, until }) => result(dispatching.hold(requestId, reason, until)),
    resolve: ({ requestId, note }) => result(dispatching.resolve(requestId, note)),
    decline: ({ requestId, reason }) => result(dispatching.decline(requestId, reason)),
    reopen: ({ requestId }) => result(dispatching.reopen(requestId)),
    undo: ({ requestId, undo }) => card(dispatching.undo(requestId, undo)),
    comment: ({ requestId, text, visibility }) => {
      commenting.fromDesk(requestId, text, visibility)
      return detailsOf(read, requestId)
    },
    markRead: ({ requestId }) => {
      commenting.markRead(requestId)
    },
    archive: ({ after, limit }) => archiveOf(read, after, limit),
  }
}

function peopleHandlers({ database, people, now }: HandlerDeps): Handlers['people'] {
  const { read } = database
  return {
    list: () => peopleOf(read),
    technicians: () => {
      const active = new Set(findTechnicians(read).map(({ id }) => id))
      return peopleOf(read).filter(({ id }) => active.has(id))
    },
    invites: () => invitesOf(read, now()),
    invite: ({ name }) => inviteOf(read, people.invite(name)),
    revokeInvite: ({ inviteId }) => {
      people.revokeInvite(inviteId)
    },
    setActive: ({ personId, active }) => {
      people.setActive(personId, active)
    },
    rename: ({ personId, name }) => {
      people.rename(personId, name)
    },
  }
}
