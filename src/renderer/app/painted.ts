import { createStore } from '../lib/store'

/** True once the board has been painted: from then on other scripts may be loaded. */
export const painted = createStore(false)
