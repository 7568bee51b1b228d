import { client } from './client'
import { openPushInbox } from './push'

function quietly<T>(promise: Promise<T>): Promise<T> {
  // Whoever awaits it sees the failure; until then it is not an unhandled one.
  promise.catch(() => undefined)
  return promise
}

/** What the window asks for before anything else, so that the answers travel while the page is being built. */
export const opening = {
  pushes: openPushInbox(window.dispatcher),
  state: quietly(client.app.state()),
  board: quietly(client.board.open()),
}
