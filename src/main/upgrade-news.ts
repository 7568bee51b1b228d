import type { PushEvent } from '../shared/ipc/contract'
import type { MigrationProgress } from './db/migrations/migrate'

type UpgradeEvent = Extract<PushEvent, { type: 'upgrade' }>
/** What people are told of an upgrade. */
export type UpgradeNews = Pick<UpgradeEvent, 'doing' | 'step' | 'of'>

/** Nobody needs to read of what is over in less, in ms. */
const QUIET_MS = 1000
/** How often it is told how far it has come, in ms; a page that was loaded anew hears it too. */
const EVERY_MS = 250

const DOING: Readonly<Record<MigrationProgress['step'], UpgradeEvent['doing']>> = {
  copying: 'copying',
  comparing: 'comparing',
  keeping: 'comparing',
  kept: 'comparing',
  begun: 'changing',
  statement: 'changing',
  checking: 'checking',
  recording: 'checking',
  committing: 'checking',
  committed: 'checking',
}

/** What people are told at this point. */
export function newsOf({ step, migration, done, of }: MigrationProgress): UpgradeNews {
  const position = migration === null ? 1 : step === 'committed' ? done + 1 : done + 2
  return { doing: DOING[step], step: position, of: of + 1 }
}

/** Tells how an upgrade goes on, once it has taken a second, until it is stopped. */
export function createUpgradeNews(tell: (news: UpgradeNews) => void): {
  readonly update: (progress: MigrationProgress) => void
  readonly stop: () => void
} {
  let latest: MigrationProgress | null = null
  let timer: NodeJS.Timeout | undefined
  const tellLatest = () => {
    if (latest) tell(newsOf(latest))
  }
  const begin = () => {
    tellLatest()
    timer = setInterval(tellLatest, EVERY_MS)
  }
  return {
    update: (progress) => {
      latest = progress
      timer ??= setTimeout(begin, QUIET_MS)
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}
