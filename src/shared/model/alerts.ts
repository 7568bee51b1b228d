import { z } from 'zod'
import { Instant } from './ids'

/** Everything that the program tells the manager by itself when it goes wrong. */
export const AlertKey = /* @__PURE__ */ z.enum([
  'not-listening',
  'day-limit',
  'was-away',
  'sends-failing',
  'disk-low',
  'backup-old',
  'errors',
  'database-check',
  'unassigned',
])
export type AlertKey = z.infer<typeof AlertKey>

/** How bad it is: a warning can wait for the morning. */
export const AlertLevel = /* @__PURE__ */ z.enum(['warning', 'critical'])
export type AlertLevel = z.infer<typeof AlertLevel>

/** Figures and codes that the words about an alert name; never what anybody wrote. */
export const AlertDetails = /* @__PURE__ */ z.record(
  z.string().max(20),
  z.union([z.string().max(64), z.number()]),
)
export type AlertDetails = z.infer<typeof AlertDetails>

/** Something that is wrong, or was. */
export const Alert = /* @__PURE__ */ z.object({
  id: z.int(),
  key: AlertKey,
  level: AlertLevel,
  /** When the cause began. */
  since: Instant,
  raisedAt: Instant,
  endedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  /** Until then nobody is told again. */
  snoozedUntil: Instant.nullable(),
  details: AlertDetails,
})
export type Alert = z.infer<typeof Alert>

const minuteOfDay = /* @__PURE__ */ z
  .int()
  .min(0)
  .max(24 * 60 - 1)

/** When what is alerted, and how it is told. Every value has a default, so that one more does not lose the others. */
export const AlertSettings = /* @__PURE__ */ z.object({
  /** Alerts that the manager does not want. */
  off: z.array(AlertKey).default([]),
  /** Nobody listens to Telegram for so long. */
  notListeningMinutes: z.int().min(0).max(600).default(5),
  /** The oldest message waits to be sent for so long. */
  sendsLateMinutes: z.int().min(0).max(600).default(15),
  /** So many messages were given up within ten minutes. */
  sendsFailed: z.int().min(1).max(1000).default(5),
  /** Less room than this on the disk. */
  diskFreeMegabytes: z.int().min(0).max(10_000_000).default(500),
  backupHours: z.int().min(1).max(720).default(26),
  errorsInTenMinutes: z.int().min(1).max(10_000).default(10),
  /** A request that nobody has, for so long; an urgent one sooner. */
  unassignedMinutes: z.int().min(0).max(20_160).default(240),
  urgentMinutes: z.int().min(0).max(20_160).default(15),
  /** Local minutes of the day between which nobody is told; null tells at any hour. */
  quiet: z
    .object({ from: minuteOfDay, until: minuteOfDay })
    .nullable()
    .default({ from: 22 * 60, until: 8 * 60 }),
  /** Whether what is critical is told in the quiet hours too. */
  criticalPasses: z.boolean().default(true),
  channels: z
    .object({ notification: z.boolean(), tray: z.boolean(), telegram: z.boolean() })
    .default({ notification: true, tray: true, telegram: true }),
})
export type AlertSettings = z.infer<typeof AlertSettings>

/** The manager's own chat in Telegram, which alerts go to. */
export const ManagerChat = /* @__PURE__ */ z.object({
  /** Whoever has linked it, as Telegram or the desk names them. */
  name: z.string(),
  linkedAt: Instant,
  /** False when they have blocked the bot or were shut out. */
  reachable: z.boolean(),
})
export type ManagerChat = z.infer<typeof ManagerChat>
