import type { AlertKey, AlertSettings } from '../../shared/model/alerts'
import { Refusal } from '../../shared/model/refusal'
import {
  addAlert,
  countToldSince,
  findAlert,
  findOpenAlerts,
  removeAlert,
  saveAlert,
  type StoredAlert,
} from '../db/alerts'
import type { WritableDb } from '../db/database'
import { enqueue, isCardWaiting } from '../db/outbox'
import { readSetting, writeSetting } from '../db/settings'
import { type Cause, causesOf, type Seen } from '../domain/alert-rules'
import {
  acknowledgeAlert,
  type Moment,
  snoozeAlert,
  stepAlert,
  type Stepped,
  type TrackedAlert,
} from '../domain/alert-steps'
import type { Deps } from './deps'
import { managerChatOf } from './linking'

const HOUR = 3_600_000
/** The manager's own chat gets no more new alerts than this within an hour. */
export const TELEGRAM_PER_HOUR = 8

/** What one look has made of the alerts. */
export type AlertNews = {
  /** Those that people are to be told of now. */
  readonly told: readonly StoredAlert[]
  /** Those that have begun to count, for the log. */
  readonly raised: readonly StoredAlert[]
  readonly ended: readonly StoredAlert[]
}

/** Raises, ends and answers alerts. */
export type Alerting = ReturnType<typeof createAlerting>

type Look = Pick<Moment, 'minute' | 'hold'>
type Next = { readonly before: StoredAlert | undefined; readonly stepped: Stepped }

/** Creates the use cases about alerts. */
export function createAlerting({ read, transact, now }: Deps) {
  const change = (id: number, work: (alert: StoredAlert) => TrackedAlert) => {
    transact((db) => {
      const alert = findAlert(db, id)
      if (alert?.raisedAt == null || alert.endedAt !== null) throw new Refusal('not-found')
      saveAlert(db, { ...work(alert), id })
    })
  }
  return {
    /** Looks at everything once. Writes only when something has changed, which is seldom. */
    look: (seen: Seen, { minute, hold }: Look): AlertNews => {
      const settings = readSetting(read, 'alerts')
      const moment = { now: now(), minute, hold, settings }
      const open = findOpenAlerts(read)
      const next = nextOf(open, causesOf(seen, settings), moment)
      if (next.length === 0) return { told: [], raised: [], ended: [] }
      return transact((db) => keep(db, next, { at: moment.now, settings }))
    },

    /** Somebody has seen it. */
    acknowledge: (id: number) => {
      change(id, (alert) => acknowledgeAlert(alert, now()))
    },

    /** Nobody is told again for so long, unless it gets worse. */
    snooze: (id: number, minutes: number) => {
      change(id, (alert) => snoozeAlert(alert, now() + minutes * 60_000))
    },

    saveSettings: (settings: AlertSettings) => {
      transact((db) => {
        writeSetting(db, 'alerts', settings)
      })
    },
  }
}

/** What has to be written: an alert that stays as it is, is left out. */
function nextOf(open: readonly StoredAlert[], causes: readonly Cause[], moment: Moment): Next[] {
  const keys = new Set<AlertKey>([...open, ...causes].map(({ key }) => key))
  return [...keys].flatMap((key) => {
    const before = open.find((alert) => alert.key === key)
    const cause = causes.find((found) => found.key === key) ?? null
    const stepped = stepAlert(before ?? null, cause, moment)
    return isSame(before, stepped.alert) ? [] : [{ before, stepped }]
  })
}

function isSame(before: TrackedAlert | undefined, after: TrackedAlert | null): boolean {
  if (before === undefined || after === null) return before === undefined && after === null
  return JSON.stringify({ ...before, id: 0 }) === JSON.stringify({ ...after, id: 0 })
}

function keep(
  db: WritableDb,
  next: readonly Next[],
  { at, settings }: { readonly at: number; readonly settings: AlertSettings },
): AlertNews {
  const news = { told: [] as StoredAlert[], raised: [] as StoredAlert[], ended: [] as StoredAlert[] }
  for (const { before, stepped } of next) {
    const alert = written(db, before, stepped.alert)
    if (alert === null) continue
    if (alert.raisedAt !== null && before?.raisedAt == null) news.raised.push(alert)
    if (alert.endedAt !== null) news.ended.push(alert)
    if (stepped.tell) news.told.push(alert)
  }
  if (settings.channels.telegram) tellInTelegram(db, news, at)
  return news
}

function written(
  db: WritableDb,
  before: StoredAlert | undefined,
  alert: TrackedAlert | null,
): StoredAlert | null {
  if (alert === null) {
    if (before !== undefined) removeAlert(db, before.id)
    return null
  }
  if (before === undefined) return { ...alert, id: addAlert(db, alert) }
  const kept = { ...alert, id: before.id }
  saveAlert(db, kept)
  return kept
}

/** A card for each alert in the manager's chat; when it ends, the same card says so, without a sound. */
function tellInTelegram(db: WritableDb, { told, ended }: AlertNews, at: number): void {
  const chat = managerChatOf(db)
  if (chat === null || !chat.person.isActive || chat.person.blockedAt !== null) return
  const room = TELEGRAM_PER_HOUR - (countToldSince(db, at - HOUR) - told.length)
  for (const alert of told.slice(0, Math.max(0, room))) drawAlert(db, chat.telegramId, alert, at)
  for (const alert of ended) if (alert.toldAt !== null) drawAlert(db, chat.telegramId, alert, at)
}

function drawAlert(db: WritableDb, chatId: number, { id, level }: StoredAlert, at: number): void {
  const cardId = `alert:${String(id)}:${String(chatId)}`
  if (isCardWaiting(db, cardId, at)) return
  enqueue(db, {
    dedupeKey: `alert:${String(id)}:${level}:${String(at)}`,
    chatId,
    kind: 'alert',
    cardId,
    requestId: null,
    method: 'card',
    payload: {},
    policy: 'at-least-once',
    notBefore: at,
    createdAt: at,
  })
}
