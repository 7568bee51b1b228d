import { z } from 'zod'
import { Alert, AlertSettings, ManagerChat } from '../model/alerts'
import {
  BackupErrorCode,
  BackupPreview,
  BackupsState,
  BackupSummary,
  RestoreProgress,
} from '../model/backups'
import { AttentionItem, BotIdentity, BotState } from '../model/bot-state'
import { Facts } from '../model/facts'
import { HealthHistory, HistorySpan } from '../model/health-history'
import { BuildingId, Instant, PersonId, RequestId, UnitId } from '../model/ids'
import { Invite, Person } from '../model/people'
import { Judgement } from '../model/judgement'
import { Building } from '../model/places'
import { PhoneChat, PracticePerson } from '../model/practice'
import { Profile } from '../model/profile'
import { type Method, method } from './method'
import { backupId, passphrase, programContract, SHORTEST_PASSPHRASE } from './program-contract'
import type { RefusalCode, RefusalDetails } from '../model/refusal'
import {
  ArchivedRequest,
  ColumnCursor,
  ColumnPage,
  RequestCard,
  RequestDetails,
  StatusCounts,
} from '../model/request'
import { LogLine } from '../model/log-line'
import { RescueProgress } from '../model/trouble'
import { Conditions } from '../model/conditions'
import { BoardStatus, Language, Priority, UnitKind, Visibility } from '../model/vocabulary'

type Contract = Readonly<Record<string, Readonly<Record<string, Method>>>>

/** Longest text that the desk takes in one field, in UTF-16 units. */
export const LONGEST_TEXT = 4000
const text = z.string().trim().min(1).max(LONGEST_TEXT)
const name = z.string().trim().min(1).max(120)
const onRequest = z.strictObject({ requestId: RequestId })

/** What an action on a request gives back: the card as it is now, and the way back if there is one. */
export const ActionResult = z.object({
  card: RequestCard,
  /** Hand this to `requests.undo`; null when the action can't be undone. */
  undo: z.string().nullable(),
  /** Milliseconds for which messages about it are held back and undo is possible. */
  undoMs: z.int(),
})
export type ActionResult = z.infer<typeof ActionResult>

/** What the windows need to know about the program as a whole. */
export const AppState = z.object({
  language: Language,
  version: z.string(),
  practice: z.boolean(),
  bot: BotState,
  /** True once the first-run guide has been finished or skipped. */
  setUp: z.boolean(),
  managerName: z.string(),
  /** When nobody was listening for more than Telegram keeps messages (24 h); null when nothing is missing. */
  gap: z.object({ from: Instant, to: Instant }).nullable(),
  /** The newest proven backup, and whether it is too old; null in the practice building, which has none. */
  backup: z.object({ lastAt: Instant.nullable(), isOld: z.boolean() }).nullable(),
  /** When the backup was made that these data were restored from; null once that has been read. */
  restored: z.object({ madeAt: Instant }).nullable(),
  conditions: Conditions,
})
export type AppState = z.infer<typeof AppState>

/** Every request that a window may make of the main process: the only place to extend. */
export const contract = {
  app: {
    state: method(z.void(), AppState),
    setLanguage: method(z.strictObject({ language: Language }), z.void()),
    finishSetUp: method(z.void(), z.void()),
    dismissGap: method(z.void(), z.void()),
    dismissRestored: method(z.void(), z.void()),
    openLink: method(z.strictObject({ url: z.url({ protocol: /^https$/ }) }), z.void()),
  },
  board: {
    open: method(z.void(), z.object({ columns: z.array(ColumnPage), counts: StatusCounts })),
    page: method(
      z.strictObject({ status: BoardStatus, after: ColumnCursor, limit: z.int().min(1).max(200) }),
      ColumnPage,
    ),
  },
  requests: {
    details: method(onRequest, RequestDetails),
    create: method(
      z.strictObject({
        description: text,
        place: z.string().trim().min(1).max(200),
        unitId: UnitId.nullable(),
        reporterName: name.nullable(),
        priority: Priority,
      }),
      ActionResult,
    ),
    assign: method(z.strictObject({ requestId: RequestId, technicianId: PersonId }), ActionResult),
    unassign: method(onRequest, ActionResult),
    setPriority: method(z.strictObject({ requestId: RequestId, priority: Priority }), ActionResult),
    start: method(onRequest, ActionResult),
    hold: method(
      z.strictObject({ requestId: RequestId, reason: text.max(300), until: Instant.nullable() }),
      ActionResult,
    ),
    resolve: method(
      z.strictObject({ requestId: RequestId, note: z.string().trim().max(LONGEST_TEXT) }),
      ActionResult,
    ),
    decline: method(z.strictObject({ requestId: RequestId, reason: text.max(1000) }), ActionResult),
    reopen: method(onRequest, ActionResult),
    undo: method(z.strictObject({ requestId: RequestId, undo: z.string() }), RequestCard),
    comment: method(z.strictObject({ requestId: RequestId, text, visibility: Visibility }), RequestDetails),
    markRead: method(onRequest, z.void()),
    archive: method(
      z.strictObject({
        after: z.object({ endedAt: Instant, id: RequestId }).nullable(),
        limit: z.int().min(1).max(200),
      }),
      z.object({ requests: z.array(ArchivedRequest), hasMore: z.boolean(), total: z.int() }),
    ),
  },
  people: {
    list: method(z.void(), z.array(Person)),
    technicians: method(z.void(), z.array(Person)),
    invites: method(z.void(), z.array(Invite)),
    invite: method(z.strictObject({ name }), Invite),
    revokeInvite: method(z.strictObject({ inviteId: z.string() }), z.void()),
    setActive: method(z.strictObject({ personId: PersonId, active: z.boolean() }), z.void()),
    rename: method(z.strictObject({ personId: PersonId, name }), z.void()),
  },
  places: {
    list: method(z.void(), z.array(Building)),
    addBuilding: method(
      z.strictObject({ name, address: z.string().trim().max(200) }),
      z.object({ id: BuildingId }),
    ),
    renameBuilding: method(
      z.strictObject({ buildingId: BuildingId, name, address: z.string().trim().max(200) }),
      z.void(),
    ),
    setBuildingActive: method(z.strictObject({ buildingId: BuildingId, active: z.boolean() }), z.void()),
    addUnits: method(
      z.strictObject({ buildingId: BuildingId, names: z.array(name).min(1).max(500), kind: UnitKind }),
      z.void(),
    ),
    renameUnit: method(z.strictObject({ unitId: UnitId, name }), z.void()),
    setUnitActive: method(z.strictObject({ unitId: UnitId, active: z.boolean() }), z.void()),
  },
  bot: {
    /** Asks Telegram about a token without keeping it. */
    check: method(z.strictObject({ token: z.string().trim().max(200) }), BotIdentity),
    /** Keeps the token and starts receiving. `storeUnprotected` is the person's yes to a token kept as plain text. */
    connect: method(
      z.strictObject({
        token: z.string().trim().max(200),
        removeWebhook: z.boolean(),
        storeUnprotected: z.boolean(),
        /** The person's yes to a token of another bot than the one used here so far. */
        acceptOtherBot: z.boolean().optional(),
      }),
      BotIdentity,
    ),
    disconnect: method(z.void(), z.void()),
    retryNow: method(z.void(), z.void()),
    /** Whether the system's key store would protect a token. */
    storage: method(z.void(), z.object({ protected: z.boolean(), backend: z.string() })),
  },
  attention: {
    list: method(z.void(), z.array(AttentionItem)),
    retryUpdate: method(z.strictObject({ id: z.string() }), z.void()),
    dismissUpdate: method(z.strictObject({ id: z.string() }), z.void()),
    sendAgain: method(z.strictObject({ outboxId: z.int() }), z.void()),
    leaveIt: method(z.strictObject({ outboxId: z.int() }), z.void()),
  },
  health: {
    /** How the program does now, and what that means. */
    facts: method(z.void(), z.object({ facts: Facts, judgement: Judgement })),
    /** The slowest work since the start. */
    profile: method(z.void(), Profile),
    history: method(z.strictObject({ span: HistorySpan }), HealthHistory),
  },
  backups: {
    state: method(z.void(), BackupsState),
    /** Newest first, those of the second folder too. */
    list: method(z.void(), z.array(BackupSummary)),
    /** Answers when the backup is made and proven. */
    makeNow: method(z.void(), z.void()),
    pin: method(z.strictObject({ id: backupId, pinned: z.boolean() }), z.void()),
    preview: method(z.strictObject({ id: backupId }), BackupPreview),
    /** Answers when the restore has begun; how it goes on is pushed, and at its end the window loads anew. */
    restore: method(z.strictObject({ id: backupId, passphrase: passphrase.nullable() }), z.void()),
    /** Asks for a second folder with the system's own dialog. */
    chooseSecondFolder: method(z.void(), z.void()),
    forgetSecondFolder: method(z.void(), z.void()),
    /** Locks all new backups; null makes them plain again. */
    setPassphrase: method(
      z.strictObject({ passphrase: passphrase.min(SHORTEST_PASSPHRASE).nullable() }),
      z.void(),
    ),
  },
  alerts: {
    /** What is wrong now, the worst first, and what was. */
    list: method(z.void(), z.object({ open: z.array(Alert), past: z.array(Alert) })),
    acknowledge: method(z.strictObject({ id: z.int() }), z.void()),
    snooze: method(z.strictObject({ id: z.int(), minutes: z.int().min(1).max(10_080) }), z.void()),
    settings: method(z.void(), AlertSettings),
    saveSettings: method(AlertSettings, z.void()),
    /** The chat that alerts go to; null while none is linked. */
    chat: method(z.void(), ManagerChat.nullable()),
    /** Makes a one-time link by which the manager links their own chat; the earlier one no longer works. */
    linkChat: method(z.void(), z.object({ link: z.string(), expiresAt: Instant })),
    unlinkChat: method(z.void(), z.void()),
  },
  ...programContract,
  practice: {
    /** Opens the practice building: the program starts again on its own data folder. */
    open: method(z.void(), z.void()),
    leave: method(z.void(), z.void()),
    startOver: method(z.void(), z.void()),
    people: method(z.void(), z.array(PracticePerson)),
    chat: method(z.strictObject({ telegramId: z.int() }), PhoneChat),
    write: method(
      z.strictObject({ telegramId: z.int(), text: z.string().max(4096), replyTo: z.int().nullable() }),
      z.void(),
    ),
    sendPhoto: method(
      z.strictObject({
        telegramId: z.int(),
        /** A JPEG or PNG drawn or chosen in the window. */
        bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 10_000_000),
        caption: z.string().max(1024),
        replyTo: z.int().nullable(),
      }),
      z.void(),
    ),
    /** Gives the small notice that Telegram shows after a press; null when the bot sent none. */
    press: method(
      z.strictObject({ telegramId: z.int(), messageId: z.int(), row: z.int(), column: z.int() }),
      z.object({ notice: z.string().nullable() }),
    ),
    /** Opens a link such as an invitation or a unit's QR code on the phone. */
    openStartLink: method(z.strictObject({ telegramId: z.int(), parameter: z.string().max(64) }), z.void()),
  },
} as const satisfies Contract

/** Kinds of data that a window may hold; query keys are topics. */
export const Topic = z.enum([
  'requests',
  'people',
  'places',
  'attention',
  'app',
  'backups',
  'errors',
  'alerts',
  'health',
])
export type Topic = z.infer<typeof Topic>

/** Everything that the main process may push. */
export const PushEvent = z.discriminatedUnion('type', [
  /** Cards that changed, with the counts that go with them: applied as they are. */
  z.object({
    type: z.literal('cards'),
    cards: z.array(RequestCard),
    counts: StatusCounts,
  }),
  /** These kinds of data are stale. With request ids, only those requests are. */
  z.object({ type: z.literal('changed'), topics: z.array(Topic), requestIds: z.array(RequestId).nullable() }),
  z.object({ type: z.literal('bot'), state: BotState }),
  /** Somebody has asked for the screen on how the program does, from outside the window. */
  z.object({ type: z.literal('show-health') }),
  /** An upgrade of the data that takes its time, while the page waits for its first answer. */
  z.object({
    type: z.literal('upgrade'),
    /** The system's: what was chosen at the desk is in the data. */
    language: Language,
    doing: z.enum(['copying', 'comparing', 'changing', 'checking']),
    /** The copy is the first step, then each migration is one. */
    step: z.int(),
    of: z.int(),
  }),
  z.object({ type: z.literal('phone'), telegramId: z.int() }),
  /** New lines of the log, while somebody follows it. */
  z.object({ type: z.literal('log'), tail: z.int(), lines: z.array(LogLine), skipped: z.int() }),
  /** How far a restore has come. */
  z.object({ type: z.literal('restore'), progress: RestoreProgress }),
  /** Why a restore was given up; the data are as they were. */
  z.object({ type: z.literal('restore-failed'), code: BackupErrorCode }),
  /** How far a rescue has come, which only the trouble screen shows. */
  z.object({ type: z.literal('rescuing'), progress: RescueProgress }),
])
export type PushEvent = z.infer<typeof PushEvent>

type Areas = typeof contract
type Call<M, Result extends 'promise' | 'either'> =
  M extends Method<infer I, infer O>
    ? (
        input: z.output<I>,
      ) => Result extends 'promise' ? Promise<z.output<O>> : z.output<O> | Promise<z.output<O>>
    : never

/** The contract as the renderer sees it. */
export type Client = {
  readonly [A in keyof Areas]: { readonly [M in keyof Areas[A]]: Call<Areas[A][M], 'promise'> }
}

/** The same contract as the main process serves it. */
export type Handlers = {
  readonly [A in keyof Areas]: { readonly [M in keyof Areas[A]]: Call<Areas[A][M], 'either'> }
}

/** What the desk serves while its data are open. */
export type DeskHandlers = Omit<Handlers, 'trouble' | 'window' | 'log' | 'errors'>

/** What crosses the bridge as an answer: errors are data, because Electron keeps only their message. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: RefusalCode; readonly details: RefusalDetails }

/** All that the preload exposes, for good: features extend the contract, not the bridge. */
export type Bridge = {
  readonly invoke: (path: string, input: unknown) => Promise<Reply>
  readonly onPush: (listener: (event: unknown) => void) => () => void
}
