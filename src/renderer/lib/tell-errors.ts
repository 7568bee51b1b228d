import type { Bridge } from '../../shared/ipc/contract'
import type { WindowError } from '../../shared/model/log-line'

/** Longest texts in UTF-16 units, as the contract takes them; the contract itself would be a heavy first script. */
const LONGEST = { name: 100, message: 500, stack: 6000, component: 100, code: 60 } as const
/** The same error is told so often, and all of them together so often, until the window is loaded anew. */
const MOST_OF_ONE = 5
const MOST = 100

/** Tells main of an error, which writes it to the log. Never throws: telling must not be the next error. */
export type TellError = (kind: WindowError['kind'], error: unknown, component?: string | null) => void

/** Makes the telling of errors over a bridge. */
export function createTellError(bridge: Pick<Bridge, 'invoke'>): TellError {
  const told = new Map<string, number>()
  let total = 0
  return (kind, error, component = null) => {
    try {
      const about = describe(kind, error, component)
      const key = `${about.name} ${about.message}`
      const times = told.get(key) ?? 0
      if (times >= MOST_OF_ONE || total >= MOST) return
      told.set(key, times + 1)
      total += 1
      bridge.invoke('log.write', about).catch(() => undefined)
    } catch {
      // An error whose own properties throw.
    }
  }
}

function describe(kind: WindowError['kind'], error: unknown, component: string | null): WindowError {
  const isError = error instanceof Error
  const code = isError && 'code' in error && typeof error.code === 'string' ? error.code : null
  return {
    kind,
    name: cut(isError ? error.name : typeof error, LONGEST.name),
    // What is thrown without being an error may be anything, somebody's words among it.
    message: cut(isError ? error.message : '', LONGEST.message),
    code: code === null ? null : cut(code, LONGEST.code),
    stack: cut(isError ? (error.stack ?? '') : '', LONGEST.stack),
    component: component === null ? null : cut(component, LONGEST.component),
  }
}

function cut(text: string, longest: number): string {
  return text.slice(0, longest)
}

/** The innermost component of React's list of them. */
export function componentOf(stack: string | null | undefined): string | null {
  return /^\s*at (\w+)/m.exec(stack ?? '')?.[1] ?? null
}

/** Tells of everything that nobody has caught. */
export function watchWindow(tell: TellError): void {
  window.addEventListener('error', ({ error }) => {
    tell('uncaught', error)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => {
    tell('rejection', reason)
  })
}
