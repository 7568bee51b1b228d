import type { Transact } from './db/database'
import { span } from './telemetry/span'

type Functions = Readonly<Record<string, unknown>>

/** The same use cases, each call of which can be recorded as a span under its name. */
export function measuredUseCases<T extends Readonly<Record<string, object>>>(useCases: T): T {
  const areas = Object.entries(useCases).map(([area, functions]) => {
    const measured = Object.entries(functions as Functions).map(([name, work]) => [
      name,
      typeof work === 'function'
        ? measuredCall(`${area}.${name}`, work as (...given: unknown[]) => unknown)
        : work,
    ])
    return [area, Object.fromEntries(measured) as unknown]
  })
  // Built from the use cases' own keys, each with what it had.
  return Object.fromEntries(areas) as T
}

function measuredCall(name: string, work: (...given: unknown[]) => unknown) {
  return (...given: unknown[]) => span('use-case', name, () => work(...given))
}

/** The same way to write, each transaction of which can be recorded as a span. */
export function measuredTransact(transact: Transact): Transact {
  return (work) => span('query', 'transaction', () => transact(work))
}
