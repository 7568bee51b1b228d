import { AsyncLocalStorage } from 'node:async_hooks'

/** What the present piece of work is about; the redactor leaves out what a line may not hold. */
export type Context = Readonly<Record<string, string | number | boolean | null | undefined>>

type Held = Record<string, Context[string]>

const present = new AsyncLocalStorage<Held | undefined>()

/** Does the work; every line that is logged in it, however deep and however late, carries these fields too. */
export function withContext<T>(fields: Context, work: () => T): T {
  return present.run({ ...present.getStore(), ...fields }, work)
}

/**
 * Does the work as if nothing had caused it. For what goes on by itself once it was woken: its lines would otherwise
 * name for ever the call that happened to wake it.
 */
export function withoutContext<T>(work: () => T): T {
  return present.run(undefined, work)
}

/** Does the work in a context that was taken earlier by `presentContext`. */
export function inContext<T>(context: Context | undefined, work: () => T): T {
  return present.run(context, work)
}

/** Adds what has only now become known to the present work, such as the number of the request it has made. */
export function addToContext(fields: Context): void {
  const held = present.getStore()
  if (held !== undefined) Object.assign(held, fields)
}

/** What the present work is about. */
export function presentContext(): Context | undefined {
  return present.getStore()
}
