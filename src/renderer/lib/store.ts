/** A value that components can watch. */
export type Store<T> = {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Makes a value that components can watch through `useSyncExternalStore`. */
export function createStore<T>(initial: T): Store<T> {
  const signal = createSignal()
  let value = initial
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      signal.emit()
    },
    subscribe: signal.subscribe,
  }
}

/** Something that happens, and those who want to know. */
export type Signal = {
  readonly emit: () => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Makes a signal without a value. */
export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    emit: () => {
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
