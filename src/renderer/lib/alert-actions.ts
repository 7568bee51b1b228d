import type { Alert } from '../../shared/model/alerts'
import type { RequestId } from '../../shared/model/ids'
import { client } from './client'
import { goTo, openRequest } from './routes'

/** Something that the program can do about an alert. */
export type AlertAction = {
  readonly name:
    | 'retry'
    | 'settings'
    | 'attention'
    | 'showFolder'
    | 'backUp'
    | 'errors'
    | 'repair'
    | 'showRequest'
  readonly run: () => Promise<void>
}

const to = (screen: Parameters<typeof goTo>[0]) => () => {
  goTo(screen)
  return Promise.resolve()
}
const retry: AlertAction = { name: 'retry', run: () => client.bot.retryNow() }
const settings: AlertAction = { name: 'settings', run: to('settings') }

/** What the program can do about it; null when only a person can. */
export function actionOf({ key, details }: Pick<Alert, 'key' | 'details'>): AlertAction | null {
  switch (key) {
    case 'not-listening':
      return details['state'] === 'token-refused' || details['state'] === 'webhook' ? settings : retry
    case 'day-limit':
      return retry
    case 'was-away':
      return null
    case 'sends-failing':
      return { name: 'attention', run: to('attention') }
    case 'disk-low':
      return { name: 'showFolder', run: () => client.trouble.showFolder() }
    case 'backup-old':
      return { name: 'backUp', run: () => client.backups.makeNow() }
    case 'errors':
      return { name: 'errors', run: to('errors') }
    case 'database-check':
      return { name: 'repair', run: () => client.trouble.enter() }
    case 'unassigned':
      return {
        name: 'showRequest',
        run: () => {
          // The rule has put a request's id there; an unknown one opens the board.
          openRequest(String(details['requestId']) as RequestId)
          return Promise.resolve()
        },
      }
  }
}
