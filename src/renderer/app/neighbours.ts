import type { RequestId } from '../../shared/model/ids'
import { board } from './desk-board'

/** The request before or after this one in its column; null at the ends and when it is not on the board. */
export function neighbourOf(id: RequestId, step: -1 | 1): RequestId | null {
  const place = board.placeOf(id)
  return place ? board.idAt(place.status, place.index + step) : null
}
