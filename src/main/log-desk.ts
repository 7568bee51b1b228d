import { release } from 'node:os'
import type { Handlers } from '../shared/ipc/contract'
import type { LogCursor, LogFilter } from '../shared/model/log-line'
import { Refusal } from '../shared/model/refusal'
import { pushToWindows } from './ipc/push'
import type { Session } from './session'
import type { Environment } from './settings/environment'
import { writePrivateFile } from './settings/private-file'
import { keepLevel } from './telemetry/level-file'
import type { WholeLog } from './telemetry/log'
import { wantedBy } from './telemetry/log-lines'
import { createLogTail } from './telemetry/log-tail'
import { endOfLog, readLogPage } from './telemetry/read-log'
import type { Redactor } from './telemetry/redact'
import { SILENT } from './telemetry/silent-log'
import { reportName, reportText } from './telemetry/support-report'
import { APP_VERSION } from './version'

type LogDeskDeps = {
  readonly environment: Environment
  readonly log: WholeLog
  readonly logFolder: string
  readonly redactor: Redactor
  readonly session: () => Promise<Session>
  readonly chooseFile: (name: string) => Promise<string | null>
}

/** Lines and bytes of the log in a report: enough for a day, and small enough to be read before it is given away. */
const REPORT_LINES = 3000
const REPORT_BYTES = 600_000

/** The log as the windows see it, loaded when one first asks. */
export function openLogDesk(deps: LogDeskDeps): Handlers['log'] {
  const { log, logFolder, environment } = deps
  const tail = createLogTail({
    listen: log.listen,
    send: (batch) => {
      // A line about a line that could not be sent would be the next line to send.
      pushToWindows({ type: 'log', ...batch }, SILENT)
    },
  })
  const levelState = () => ({ level: log.level(), isFixed: environment.logLevel !== null })
  const page = (filter: LogFilter, before: LogCursor | null, limit: number) =>
    readLogPage({ folder: logFolder, before, wanted: wantedBy(filter), limit })
  return {
    open: async ({ filter, limit }) => {
      // In one go: a line is either in the files by then, or it is told of from then on, and never both.
      log.flush()
      const end = endOfLog(logFolder)
      const number = tail.follow(wantedBy(filter))
      return {
        tail: number,
        page: end === null ? { lines: [], before: null } : await page(filter, end, limit),
      }
    },
    older: ({ filter, before, limit }) => page(filter, before, limit),
    close: tail.stop,
    level: levelState,
    setLevel: ({ level }) => {
      if (environment.logLevel !== null) throw new Refusal('log-level-fixed')
      keepLevel(logFolder, level)
      log.setLevel(level)
      return levelState()
    },
    ...reports(deps),
  }
}

/** Makes a report, and saves exactly what was shown. */
function reports(deps: LogDeskDeps): Pick<Handlers['log'], 'report' | 'saveReport'> {
  let shown: { readonly text: string; readonly name: string } | null = null
  return {
    report: async () => {
      shown = await makeReport(deps, Date.now())
      return shown
    },
    saveReport: async () => {
      if (shown === null) throw new Refusal('not-found')
      const { text, name } = shown
      const path = await deps.chooseFile(name)
      if (path === null) return { saved: false }
      try {
        writePrivateFile(path, text)
      } catch (error) {
        deps.log.warn({ error, scope: 'report' }, 'A report for support could not be saved')
        throw new Refusal('report-not-saved')
      }
      return { saved: true }
    },
  }
}

async function makeReport(deps: LogDeskDeps, at: number) {
  const { log, logFolder, redactor } = deps
  log.flush()
  const { lines, before } = await readLogPage({
    folder: logFolder,
    before: null,
    wanted: () => true,
    limit: REPORT_LINES,
    mostBytes: REPORT_BYTES,
  })
  const parts = { at, versions: versions(), ...(await factsOf(deps)), lines, hasOlder: before !== null }
  return { text: reportText(parts, redactor), name: reportName(at) }
}

function versions(): Record<string, string> {
  // Outside Electron, as in tests, there is no browser.
  const known: Readonly<Record<string, string | undefined>> = process.versions
  return {
    program: APP_VERSION,
    electron: known['electron'] ?? 'none',
    // In full it would look like somebody's number.
    chrome: known['chrome']?.split('.', 1)[0] ?? 'none',
    node: process.versions.node,
    system: process.platform,
    systemRelease: release(),
    architecture: process.arch,
  }
}

/** How the program does and what is set, as far as the data can be opened; no name, no address, no secret. */
async function factsOf({ session, environment, log }: LogDeskDeps) {
  const settings = {
    logLevel: log.level(),
    tokenFromEnvironment: environment.botToken !== null,
    ownBotServer: environment.apiRoot !== null,
    undoMs: environment.undoMs,
  }
  const common = { uptimeSeconds: Math.round(process.uptime()) }
  try {
    const { handlers } = await session()
    const { language, practice, setUp, gap, conditions } = await handlers.app.state()
    const { facts, judgement } = await handlers.health.facts()
    return {
      facts: { ...common, gap: gap !== null, conditions, ...facts, issues: judgement.issues },
      settings: { ...settings, language, practice, setUp },
    }
  } catch {
    return { facts: { ...common, data: 'not-open' }, settings }
  }
}
