import type { Sqlite } from './connection'

/** What stands as the error of a message that was held: the windows have words for it. */
export const HELD = 'restored'

/**
 * Holds everything that waits to be sent in a database that has been restored or rescued: nobody knows what has been
 * sent since. Messages and first cards become `unknown`, so that the manager decides about each; everything that only
 * keeps up to date what is there already is cancelled, since the next change writes it anew. Instants in UTC ms.
 * Returns how many wait for a decision.
 */
export function holdOutgoing(sqlite: Sqlite, at: number): number {
  const hold = sqlite.prepare<[number, string]>(
    `update outbox set state = 'unknown', settled_at = ?, last_error = ?
     where state in ('pending', 'sending') and (method in ('message', 'album')
       or (method = 'card' and not exists (select 1 from cards where cards.id = outbox.card_id and message_id is not null)))`,
  )
  const cancel = sqlite.prepare<[number]>(
    "update outbox set state = 'cancelled', settled_at = ? where state in ('pending', 'sending')",
  )
  return sqlite.transaction(() => {
    const held = hold.run(at, HELD).changes
    cancel.run(at)
    return held
  })()
}

/**
 * Makes a copy of the data fit to become the data: holds its messages, and gives it a new device, since the numbers
 * that its journal would use next may have been used by what it replaces. Returns how many messages are held.
 */
export function settleRestored(sqlite: Sqlite, at: number): number {
  sqlite.prepare("delete from settings where key = 'deviceId'").run()
  return holdOutgoing(sqlite, at)
}
