/** The origin of the program's own page. */
export const APP_ORIGIN = 'app://main'

/** Path of the page that is shown when the window keeps crashing. */
export const SAFE_PAGE_PATH = '/safe.html'
