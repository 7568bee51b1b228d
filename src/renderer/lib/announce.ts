import { createStore } from './store'

/** What people who listen to the screen are told next. */
export const announcement = createStore('')

let isOdd = false

/** Tells people who listen to the screen what just happened. */
export function announce(words: string): void {
  // The same words twice would not be a change, and would stay unheard.
  isOdd = !isOdd
  announcement.set(isOdd ? words : `${words}\u00a0`)
}
