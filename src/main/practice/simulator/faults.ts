/** What may go wrong with one call; `method` '*' means any, 'file' a download. */
export type Fault =
  /** Not handled; the status with this body, or a usual error body. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string | object }
  /** Not handled; 429 that asks to wait so many seconds. */
  | { readonly kind: 'retryAfter'; readonly seconds: number }
  /** Not handled; no answer ever comes. */
  | { readonly kind: 'hang' }
  /** Not handled; the socket breaks. */
  | { readonly kind: 'dropBefore' }
  /** Handled, but the socket breaks instead of an answer. */
  | { readonly kind: 'dropAfter' }
  /** Handled, but the socket breaks in the middle of the answer. */
  | { readonly kind: 'closeMidBody' }
  /** Not handled; status 200 with this body, of this type when one is given. */
  | { readonly kind: 'malformed'; readonly body: string; readonly contentType?: string }
  /** Handled; the answer trickles. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** Handled after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }

/** Lets a test decide which calls fail and how. */
export type Faults = {
  once(method: string, fault: Fault): void
  times(method: string, count: number, fault: Fault): void
  /** Until cleared; counted faults go first. */
  always(method: string, fault: Fault): void
  /** Without a method clears all. */
  clear(method?: string): void
}

/** Faults for tests to set, and the server's way to take the next one for a method. */
export function createFaults(): Faults & { take(method: string): Fault | undefined } {
  const counted = new Map<string, Fault[]>()
  const constant = new Map<string, Fault>()
  const times = (method: string, count: number, fault: Fault): void => {
    const queue = counted.get(method) ?? []
    queue.push(...Array.from({ length: count }, () => fault))
    counted.set(method, queue)
  }
  return {
    once: (method, fault) => {
      times(method, 1, fault)
    },
    times,
    always: (method, fault) => {
      constant.set(method, fault)
    },
    clear: (method) => {
      for (const faults of [counted, constant]) {
        if (method === undefined) faults.clear()
        else faults.delete(method)
      }
    },
    take: (method) =>
      counted.get(method)?.shift() ?? counted.get('*')?.shift() ?? constant.get(method) ?? constant.get('*'),
  }
}
