import type { RequestId } from '../../shared/model/ids'
import { goTo } from './routes'
import { createStore } from './store'

/** A request whose lines of the log are wanted. */
export type LogAbout = { readonly number: string; readonly id: RequestId | null }

/** Which request the log is shown for; null for everything. */
export const logAbout = createStore<LogAbout | null>(null)

/** Shows everything that the log has about a request. */
export function showLogOf(about: LogAbout): void {
  logAbout.set(about)
  goTo('log')
}
