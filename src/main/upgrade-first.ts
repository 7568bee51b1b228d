import type { Language } from '../shared/model/vocabulary'
import { upgradeAside } from './db/migrations/upgrade-aside'
import type { Push } from './ipc/push'
import { createUpgradeNews } from './upgrade-news'
import { APP_VERSION, MIGRATIONS_FOLDER, UPGRADE_WORKER } from './version'

/**
 * Brings a data folder to the present version before it is opened, and tells the windows how far it has come when
 * it takes its time. Does next to nothing at an ordinary start. Rejects with the MigrationError that stopped it.
 */
export async function upgradeFirst(folder: string, language: Language, send: Push['send']): Promise<void> {
  const { update, stop } = createUpgradeNews((news) => {
    send({ type: 'upgrade', language, ...news })
  })
  try {
    await upgradeAside({
      folder,
      migrationsFolder: MIGRATIONS_FOLDER,
      appVersion: APP_VERSION,
      worker: UPGRADE_WORKER,
      onProgress: update,
    })
  } finally {
    stop()
  }
}
