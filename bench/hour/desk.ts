import { attentionOf, peopleOf } from '../../src/main/ipc/views/lists'
import { changedCards, openBoard } from '../../src/main/ipc/views/cards'
import { detailsOf } from '../../src/main/ipc/views/details'
import { FIRST_TECHNICIAN } from './talk'
import type { Office } from '../../src/main/office'
import { findTechnicians } from '../../src/main/db/people'
import type { RequestId } from '../../src/shared/model/ids'

/** So often the manager writes a note, looks at everything, and opens a request: every so many requests. */
const NOTE_EVERY = 3
const LOOK_EVERY = 10

/** A manager with an open window: assigns what comes in, opens it, answers; the window follows every change. */
export function sitAtDesk({ database, useCases }: Office): {
  readonly assigned: () => number
  readonly leave: () => void
} {
  const seen = new Set<RequestId>()
  const { dispatching, commenting } = useCases
  const handle = (id: RequestId) => {
    const technicians = findTechnicians(database.read).filter(
      ({ telegramId }) => (telegramId ?? 0) >= FIRST_TECHNICIAN,
    )
    const technician = technicians[seen.size % technicians.length]
    if (technician === undefined) return
    seen.add(id)
    dispatching.assign(id, technician.id)
    detailsOf(database.read, id)
    if (seen.size % NOTE_EVERY === 0) commenting.fromDesk(id, 'Somebody comes today', 'public')
    if (seen.size % LOOK_EVERY !== 0) return
    openBoard(database.read)
    peopleOf(database.read)
    attentionOf(database.read)
  }
  const leave = database.onCommit(({ requestIds }) => {
    if (requestIds.size === 0) return
    const { cards } = changedCards(database.read, [...requestIds])
    for (const { id, status } of cards)
      if (status === 'OPEN' && !seen.has(id))
        setImmediate(() => {
          if (!seen.has(id)) handle(id)
        })
  })
  return { assigned: () => seen.size, leave }
}
