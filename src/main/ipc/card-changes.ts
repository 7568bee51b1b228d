import type { PushEvent, Topic } from '../../shared/ipc/contract'
import type { RequestId } from '../../shared/model/ids'
import type { RequestCard, StatusCounts } from '../../shared/model/request'
import type { Log } from '../telemetry/log'

/** What a committed transaction touched. Topic `requests` without ids means any of them. */
export type Announcement = {
  readonly topics: ReadonlySet<Topic>
  readonly requestIds: ReadonlySet<RequestId>
}
/** The cards with these ids, as many as there are, and how many requests stand in each status. */
export type ReadCards = (ids: readonly RequestId[]) => {
  readonly cards: readonly RequestCard[]
  readonly counts: StatusCounts
}

type CardChangesOptions = {
  readonly send: (event: PushEvent) => void
  /** Whether anybody would hear it; nothing is read for nobody. */
  readonly hasListeners: () => boolean
  readonly readCards: ReadCards
  readonly log: Log
  /** Milliseconds that never go back. */
  readonly now: () => number
}

/** A little less than a frame of a 60 Hz screen: windows can't show more than one state per frame. */
const FRAME_MS = 16
/** More changed requests than this in one frame, and the windows read again what they show. */
const MOST_CARDS = 300

/**
 * Turns announcements into push events, at most one set per frame. The first after a pause goes out as soon
 * as the present turn of the event loop ends, so a single change waits for nothing.
 */
export function createCardChanges(options: CardChangesOptions): {
  readonly announce: (announcement: Announcement) => void
  readonly stop: () => void
} {
  const topics = new Set<Topic>()
  const ids = new Set<RequestId>()
  let anyRequest = false
  let sentAt = Number.NEGATIVE_INFINITY
  let stopTimer: (() => void) | null = null

  function flush(): void {
    stopTimer = null
    sentAt = options.now()
    const changed = { topics: [...topics], ids: anyRequest ? null : [...ids] }
    topics.clear()
    ids.clear()
    anyRequest = false
    if (!options.hasListeners()) return
    for (const event of eventsOf(changed, options)) options.send(event)
  }

  return {
    announce: (announcement) => {
      for (const topic of announcement.topics) if (topic !== 'requests') topics.add(topic)
      for (const id of announcement.requestIds) ids.add(id)
      if (announcement.topics.has('requests') && announcement.requestIds.size === 0) anyRequest = true
      // An id past the limit changes nothing more, and a long import must not fill the memory.
      if (ids.size > MOST_CARDS) anyRequest = true
      if (anyRequest) ids.clear()
      stopTimer ??= schedule(flush, FRAME_MS - (options.now() - sentAt))
    },
    stop: () => {
      stopTimer?.()
      stopTimer = null
    },
  }
}

function schedule(work: () => void, delay: number): () => void {
  if (delay <= 0) {
    const soon = setImmediate(work)
    return () => {
      clearImmediate(soon)
    }
  }
  const later = setTimeout(work, delay)
  return () => {
    clearTimeout(later)
  }
}

type Changed = { readonly topics: readonly Topic[]; readonly ids: readonly RequestId[] | null }

function eventsOf({ topics, ids }: Changed, { readCards, log }: CardChangesOptions): PushEvent[] {
  const events: PushEvent[] = []
  if (topics.length > 0) events.push({ type: 'changed', topics: [...topics], requestIds: null })
  if (ids === null) events.push({ type: 'changed', topics: ['requests'], requestIds: null })
  else if (ids.length > 0) events.push(...cardEvents(ids, readCards, log))
  return events
}

function cardEvents(ids: readonly RequestId[], readCards: ReadCards, log: Log): PushEvent[] {
  try {
    const { cards, counts } = readCards(ids)
    const found = new Set(cards.map((card) => card.id))
    const missing = ids.filter((id) => !found.has(id))
    const gone: PushEvent[] =
      missing.length > 0 ? [{ type: 'changed', topics: ['requests'], requestIds: missing }] : []
    return [{ type: 'cards', cards: [...cards], counts }, ...gone]
  } catch (error) {
    // The windows can still ask for themselves, and then their own call fails visibly.
    log.error({ error, count: ids.length }, 'Changed cards could not be read')
    return [{ type: 'changed', topics: ['requests'], requestIds: null }]
  }
}
