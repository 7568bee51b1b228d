import { client } from '../lib/client'
import { createStore } from '../lib/store'

/** How many things the program could not do by itself. */
export const attentionCount = createStore(0)

/** Counts them again. */
export async function countAttention(): Promise<void> {
  attentionCount.set((await client.attention.list()).length)
}
