import type { BotIdentity, BotState } from '../shared/model/bot-state'
import { Refusal } from '../shared/model/refusal'
import { botIdOf } from './bot/bot-id'
import { readSetting, writeSetting } from './db/settings'
import type { BotControl } from './ipc/handlers'
import type { Office } from './office'
import type { Secrets } from './settings/secrets'
import type { Redactor } from './telemetry/redact'

/** What connecting a bot takes. */
type BotControlDeps = {
  readonly office: Office
  readonly secrets: Secrets
  readonly redactor: Redactor
  /** The token of the environment, which overrides the stored one and is never written. */
  readonly environmentToken: string | null
  readonly onState: (state: BotState) => void
}

/** Connects, replaces and disconnects the bot of an office, and starts it with what is stored. */
export function createBotControl(
  deps: BotControlDeps,
): BotControl & { readonly startStored: () => Promise<void> } {
  const { office, secrets, redactor } = deps
  const { database, telegram } = office
  const { engine } = telegram
  const ask = (token: string) => {
    // Before anything is done with it, so that no line of the log can hold it.
    if (token.length >= 8) redactor.addSecret(token)
    return telegram.identify(token)
  }

  return {
    state: engine.state,
    check: async (token): Promise<BotIdentity> => (await ask(token)).identity,
    connect: async ({ token, removeWebhook: mayRemove, storeUnprotected, acceptOtherBot }) => {
      const { identity } = await ask(token)
      const known = readSetting(database.read, 'bot')
      if (known !== null && known.id !== botIdOf(token) && !acceptOtherBot) {
        throw new Refusal('token-of-another-bot', { name: known.name })
      }
      if (identity.webhook !== null) {
        if (!mayRemove) throw new Refusal('webhook-in-the-way', { host: identity.webhook })
        await telegram.removeWebhook(token)
      }
      secrets.save(token, { allowUnprotected: storeUnprotected })
      database.transact((db) => {
        writeSetting(db, 'bot', { id: identity.id, name: identity.name, username: identity.username })
      })
      await engine.start(token)
      return { ...identity, webhook: null }
    },
    disconnect: async () => {
      secrets.clear()
      await engine.stop()
    },
    retryNow: engine.retryNow,
    storage: () => secrets.protection(),
    startStored: async () => {
      const stored = deps.environmentToken ?? storedToken(secrets)
      if (stored === 'locked') {
        deps.onState({ kind: 'token-refused', since: office.now() })
      } else if (stored !== null) {
        redactor.addSecret(stored)
        await engine.start(stored)
      }
    },
  }
}

function storedToken(secrets: Secrets): string | null {
  const stored = secrets.load()
  if (stored.kind === 'locked') return 'locked'
  return stored.kind === 'token' ? stored.token : null
}
