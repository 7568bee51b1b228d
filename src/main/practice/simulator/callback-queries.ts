import { badRequest } from './api-error'
import { limits } from './limits'
import { seededNumber } from './seeded'

/** What the phone shows after a press; `answered` is false when the bot stayed silent. */
export type PressResult = {
  readonly answered: boolean
  readonly text?: string
  readonly alert?: boolean
}

type Pending = { readonly askedAt: number; readonly answer: (result: PressResult) => void }

/** Milliseconds a phone shows its progress bar, in real time whatever the simulated clock says. */
const patience = 5000

/** Button presses the bot has not answered yet. */
export class CallbackQueries {
  readonly #now: () => number
  readonly #pending = new Map<string, Pending>()
  #count = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** A new query id and what the phone will see. */
  open(personId: number): { id: string; result: Promise<PressResult> } {
    this.#count += 1
    const high = seededNumber(`callback/${personId}/${this.#count}/${this.#now()}`, 9_000_000_000)
    const id = `${1_000_000_000 + high}${String(this.#count).padStart(8, '0')}`
    const result = new Promise<PressResult>((resolve) => {
      const timer = setTimeout(() => {
        resolve({ answered: false })
      }, patience)
      timer.unref()
      const answer = (given: PressResult): void => {
        clearTimeout(timer)
        resolve(given)
      }
      this.#pending.set(id, { askedAt: this.#now(), answer })
    })
    return { id, result }
  }

  /** Shows the bot's answer on the phone; throws ApiError 400 for an unknown, answered or old query. */
  answer(id: string, text: string, alert: boolean): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    const inTime = pending && this.#now() - pending.askedAt <= limits.callbackLifetime * 1000
    if (!inTime) {
      pending?.answer({ answered: false })
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    pending.answer({ answered: true, ...(text === '' ? {} : { text, alert }) })
  }

  /** Lets every waiting phone give up. */
  close(): void {
    for (const pending of this.#pending.values()) pending.answer({ answered: false })
    this.#pending.clear()
  }
}
