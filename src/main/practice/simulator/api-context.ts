import type { CallbackQueries } from './callback-queries'
import type { Flood } from './flood'
import type { CallParams } from './http-body'
import type { UpdatesQueue } from './updates-queue'
import type { World } from './world'

/** The server's parts, shared by all calls. */
export type ApiServices = {
  readonly world: World
  readonly updates: UpdatesQueue
  readonly callbacks: CallbackQueries
  readonly flood: Flood
  readonly webhook: { url: string }
  /** To be called after a change the world does not tell of by itself. */
  readonly changed: () => void
}

/** One call: what it carries, and a signal that fires when its socket closes. */
export type ApiContext = ApiServices & {
  readonly call: CallParams
  readonly signal: AbortSignal
}

/** One Bot API method: returns its result or throws ApiError. */
export type ApiMethod = (context: ApiContext) => unknown

/** A result that comes with a remark, as setWebhook's does. */
export class DescribedResult {
  readonly result: unknown
  readonly description: string

  constructor(result: unknown, description: string) {
    this.result = result
    this.description = description
  }
}
