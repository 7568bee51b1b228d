import type { Priority, Urgency } from '../../shared/model/vocabulary'
import type { ResidentKey, TechnicianKey } from './sample-people'
import type { UnitKey } from './sample-places'
import type { PictureName } from './sample-pictures'
import type { Words } from './sample-words'

/**
 * When something happened, seen from the start of practice: minutes after the step before it, `95m` or `25h`
 * ago, or `3d 14:20`: at that time of the third working day back.
 */
export type When = number | `${number}m` | `${number}h` | `${number}d ${number}:${number}`

/** What can be done about a request, with what belongs to it. */
type Deeds = {
  readonly read: []
  readonly take: []
  readonly start: []
  readonly done: []
  readonly fixed: []
  readonly autoClose: []
  readonly cancel: []
  readonly priority: [Priority]
  readonly assign: [TechnicianKey]
  readonly note: [Words]
  readonly answer: [Words]
  readonly decline: [Words]
  readonly giveBack: [Words]
  readonly notFixed: [Words]
  /** The words of the assigned technician. */
  readonly remark: [Words, PictureName?]
  /** The words of the reporter. */
  readonly reply: [Words, PictureName?]
  /** Why, and until how many working days from now; 0 is later today. */
  readonly hold: [Words, number]
  /** Of the request with this key. */
  readonly duplicate: [string]
}

/** What somebody did about a request, and when. */
export type Step<Kind extends keyof Deeds = keyof Deeds> = {
  [K in Kind]: readonly [When, K, ...Deeds[K]]
}[Kind]

/** A request with its whole history. */
export type SampleRequest = {
  /** Set when another request names this one. */
  readonly key?: string
  readonly at: When
  /** Who wrote it to the bot, or the priority with which the manager wrote it down, for somebody or as an own one. */
  readonly from: ResidentKey | { readonly priority: Priority; readonly caller?: Words }
  readonly place: UnitKey
  readonly words: Words
  readonly urgency?: Urgency
  readonly photos?: readonly PictureName[]
  readonly steps: readonly Step[]
}
