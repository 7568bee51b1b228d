import { APP_ORIGIN, SAFE_PAGE_PATH } from './app-address'

/** Whether a page may take its window from one address to another by itself. */
export function mayNavigate(from: string, to: string, developmentUrl: string | null): boolean {
  // The way back from the page of words that is shown after crashes.
  if (from === `${APP_ORIGIN}${SAFE_PAGE_PATH}` && to === `${APP_ORIGIN}/`) return true
  // The development server reloads the page when it can't replace a part of it.
  return developmentUrl !== null && URL.parse(to)?.origin === new URL(developmentUrl).origin
}

/** Whether a page may start saving what is at this address. */
export function mayDownload(address: string): boolean {
  return address.startsWith('app://files/')
}
