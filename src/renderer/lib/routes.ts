import { navigate, useHashLocation } from 'wouter/use-hash-location'
import type { RequestId } from '../../shared/model/ids'

const SCREENS = [
  'board',
  'archive',
  'people',
  'places',
  'settings',
  'attention',
  'health',
  'errors',
  'log',
] as const

/** The screens of the desk. */
export type ScreenName = (typeof SCREENS)[number]

/** Where the desk is: a screen, and a request open beside it. */
export type Route = { readonly screen: ScreenName; readonly requestId: RequestId | null }

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads a path such as `/board/<request id>`; anything unknown is the board. */
export function readRoute(path: string): Route {
  const [, first, second] = path.split('/')
  const screen = SCREENS.find((name) => name === first) ?? 'board'
  // Safe: the brand means exactly this form.
  const requestId = second !== undefined && UUID.test(second) ? (second as RequestId) : null
  return { screen, requestId }
}

/** The path of a route. */
export function pathOf({ screen, requestId }: Route): string {
  return requestId === null ? `/${screen}` : `/${screen}/${requestId}`
}

/** Where the desk is now. */
export function useRoute(): Route {
  const [path] = useHashLocation()
  return readRoute(path)
}

function here(): Route {
  return readRoute(location.hash.replace(/^#/, ''))
}

/** Shows a screen with nothing open beside it. */
export function goTo(screen: ScreenName): void {
  navigate(pathOf({ screen, requestId: null }))
}

/** Opens a request beside the screen that is shown, on the board when that screen has no room for it. */
export function openRequest(requestId: RequestId): void {
  const { screen } = here()
  navigate(pathOf({ screen: screen === 'archive' ? 'archive' : 'board', requestId }), { replace: true })
}

/** Closes the request beside the screen. */
export function closeRequest(): void {
  navigate(pathOf({ screen: here().screen, requestId: null }), { replace: true })
}
