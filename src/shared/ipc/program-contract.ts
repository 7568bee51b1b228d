import { z } from 'zod'
import { BackupPreview, BackupSummary } from '../model/backups'
import { ErrorKind, ReportSettings, WindowErrorReport } from '../model/errors'
import { LogCursor, LogFilter, LogLevel, LogLevelState, LogPage } from '../model/log-line'
import { RescueReport, TroubleView } from '../model/trouble'
import { method } from './method'

/** The id of a backup, as a window gives it. */
export const backupId = z.string().max(80)
/** Fewer characters than this are guessed in no time, in UTF-16 units. */
export const SHORTEST_PASSPHRASE = 10
/** A passphrase, as a window gives it. */
export const passphrase = z.string().max(200)
const logLimit = z.int().min(1).max(500)

/** What the program serves as a whole, whatever data are open: see contract.ts, which holds it. */
export const programContract = {
  window: {
    /** Tells that the window shows what it was opened for: from now on the program may do what nobody waits for. */
    standing: method(z.void(), z.void()),
  },
  /** Served when the data can't be opened: then nothing else is. */
  trouble: {
    /** What is in the way; null when nothing is. */
    state: method(z.void(), TroubleView.nullable()),
    /** Tries to open the data again; null when that went well, and the page is to be loaded anew. */
    tryAgain: method(z.void(), TroubleView.nullable()),
    /** Works with the folder although another computer is said to have it. */
    takeOver: method(z.void(), TroubleView.nullable()),
    /** Opens a copy of the data to look at. */
    openReadOnly: method(z.void(), TroubleView.nullable()),
    backups: method(z.void(), z.array(BackupSummary)),
    preview: method(z.strictObject({ id: backupId }), BackupPreview),
    restore: method(z.strictObject({ id: backupId, passphrase: passphrase.nullable() }), z.void()),
    rescue: method(z.void(), RescueReport),
    showFolder: method(z.void(), z.void()),
    /** Leaves the desk for the trouble screen, after damage was found while it was open. */
    enter: method(z.void(), z.void()),
  },
  /** The log of the program: served whatever becomes of the data. */
  log: {
    /** The newest lines; new ones that fit are pushed from then on, under the number given here. */
    open: method(
      z.strictObject({ filter: LogFilter, limit: logLimit }),
      z.object({ tail: z.int(), page: LogPage }),
    ),
    older: method(z.strictObject({ filter: LogFilter, before: LogCursor, limit: logLimit }), LogPage),
    /** Ends the pushing. */
    close: method(z.void(), z.void()),
    level: method(z.void(), LogLevelState),
    setLevel: method(z.strictObject({ level: LogLevel }), LogLevelState),
    /** Makes a report for support and shows it; nothing is saved. */
    report: method(z.void(), z.object({ text: z.string(), name: z.string() })),
    /** Saves the report that was shown last where the system's own dialog says; false when nobody chose a place. */
    saveReport: method(z.void(), z.object({ saved: z.boolean() })),
  },
  /** What the program knows of its own errors; served whether the data can be opened or not. */
  errors: {
    /** The kind that happened last first. */
    list: method(z.void(), z.array(ErrorKind)),
    markRead: method(z.void(), z.void()),
    clear: method(z.void(), z.void()),
    /** An error in the window itself: logged, listed and reported like any other. */
    report: method(WindowErrorReport, z.void()),
    reports: method(z.void(), ReportSettings),
    setReports: method(z.strictObject({ isOn: z.boolean(), withMemory: z.boolean() }), ReportSettings),
  },
} as const
