import { createStore } from '../lib/store'

/** True once the board has been painted: from then on other scripts may be loaded. */
export const painted = createStore(false)

/** True once somebody has touched the window: what only answers to people need not be there before. */
export const inUse = createStore(false)
