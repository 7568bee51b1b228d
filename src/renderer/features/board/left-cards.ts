import type { RequestId } from '../../../shared/model/ids'
import type { RequestCard } from '../../../shared/model/request'

/** As many as can still be named by an answer that is on its way. */
const REMEMBERED = 500

/** The versions of cards that have left the board, so that a late answer does not bring them back. */
export class LeftCards {
  readonly #versions = new Map<RequestId, number>()

  remember({ id, version }: RequestCard): void {
    this.#versions.delete(id)
    this.#versions.set(id, version)
    if (this.#versions.size <= REMEMBERED) return
    const [oldest] = this.#versions.keys()
    if (oldest !== undefined) this.#versions.delete(oldest)
  }

  /** The version in which a card left; 0 when it is not known to have left. */
  versionOf(id: RequestId): number {
    return this.#versions.get(id) ?? 0
  }
}
