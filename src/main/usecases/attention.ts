import { Refusal } from '../../shared/model/refusal'
import { touch } from '../db/database'
import { findIncoming, saveIncoming, type UpdateKey } from '../db/inbox'
import { findOutgoing, settleOutgoing } from '../db/outbox'
import type { Deps } from './deps'

/** What a person decides about things that the program could not do by itself. */
export type Attention = ReturnType<typeof createAttention>

/** Creates the use cases about things that need a look. */
export function createAttention({ transact, now }: Deps) {
  const decide = (key: UpdateKey, state: 'new' | 'ignored') => {
    transact((db) => {
      const row = findIncoming(db, key)
      if (row?.state !== 'dead') throw new Refusal('not-found')
      saveIncoming(db, { ...row, state, attempts: 0, notBefore: 0 })
    })
  }
  const settle = (outboxId: number, state: 'pending' | 'cancelled') => {
    transact((db) => {
      const row = findOutgoing(db, outboxId)
      if (row?.state !== 'unknown' && row?.state !== 'failed' && row?.state !== 'blocked') {
        throw new Refusal('not-found')
      }
      settleOutgoing(db, row, { state, at: now(), notBefore: now(), error: row.lastError })
      touch(db, 'attention')
    })
  }
  return {
    /** Has a message that was given up handled once more. */
    retryUpdate: (key: UpdateKey) => {
      decide(key, 'new')
    },
    /** Puts a message that was given up aside for good; it stays stored. */
    dismissUpdate: (key: UpdateKey) => {
      decide(key, 'ignored')
    },
    /** Sends a message again that may not have arrived. */
    sendAgain: (outboxId: number) => {
      settle(outboxId, 'pending')
    },
    /** Leaves a message as it is. */
    leaveIt: (outboxId: number) => {
      settle(outboxId, 'cancelled')
    },
  }
}
