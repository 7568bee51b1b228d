import { ipcMain } from 'electron'
import { channels } from '../../shared/ipc/channels'
import type { Handlers, Reply } from '../../shared/ipc/contract'
import type { Log } from '../telemetry/log'
import { SILENT } from '../telemetry/silent-log'
import { answer, badRequest, routesOf } from './answer'
import { CALLS_A_SECOND, createRateLimit } from './limits'
import { isTrustedSender } from './trusted-sender'

/** Answers the calls of trusted windows. Throws when a method has no handler. Returns what ends it. */
export function serveContract(handlers: Handlers, log: Log): () => void {
  const routes = routesOf(handlers)
  const permit = createRateLimit({ perSecond: CALLS_A_SECOND, now: () => performance.now() })
  ipcMain.handle(channels.invoke, (event, path: unknown, input: unknown): Reply | Promise<Reply> => {
    if (!isTrustedSender(event)) return badRequest(path, 'untrusted', log)
    const permitted = permit()
    if (permitted === 'yes') return answer(routes, path, input, log)
    // A flood of calls must not become a flood of lines.
    return badRequest(path, 'too-many', permitted === 'first-no' ? log : SILENT)
  })
  return () => {
    ipcMain.removeHandler(channels.invoke)
  }
}
