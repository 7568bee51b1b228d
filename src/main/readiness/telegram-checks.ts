import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createSecrets, type StoredToken } from '../settings/secrets'
import { type Check, type Finding, go, noGo, skipped, warn } from './check'

/** Telegram has so long to answer, in ms. */
const LONGEST_MS = 15_000
/** A clock this far from Telegram's shows wrong times; much further, due times mean nothing. In ms. */
const CLOCK_OFF_MS = 60_000
const CLOCK_WRONG_MS = 10 * 60_000

type TelegramChecksOptions = {
  readonly folder: string
  /** The token that the environment gives. */
  readonly environmentToken: string | null
  readonly apiRoot: string
  /** Whether Telegram is not to be asked. */
  readonly isOffline: boolean
  readonly now: () => number
}

/** What came of asking Telegram who the bot is. */
type Asked =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly username: string
      readonly offMs: number | null
    }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'not-asked'; readonly why: string }

const Me = z.object({ result: z.object({ username: z.string().regex(/^\w{3,40}$/) }) })

/** The checks on the token, the bot behind it and the clock; Telegram is asked once. */
export function telegramChecks(options: TelegramChecksOptions): readonly Check[] {
  let asking: Promise<Asked> | null = null
  const asked = () => (asking ??= ask(options))
  return [
    { id: 'token', title: 'Bot token', look: () => tokenOf(options) },
    { id: 'bot', title: 'Bot', look: async () => botOf(await asked()) },
    { id: 'clock', title: 'Clock', look: async () => clockOf(await asked()) },
    {
      id: 'other-program',
      title: 'Another program',
      look: () =>
        skipped(
          'whether another one receives for this bot can only be seen by receiving',
          'After the start, look at the state at the top of the window or at “Bot: …” of the headless program.',
        ),
    },
  ]
}

function stored({ folder }: TelegramChecksOptions): StoredToken {
  return createSecrets({ folder, safeStorage: null }).load()
}

function tokenOf(options: TelegramChecksOptions): Finding {
  if (options.environmentToken !== null) return go('from the environment; it is never written down')
  const { kind } = stored(options)
  if (kind === 'none') return noGo('there is none', 'Connect a bot in the window, or set TELEGRAM_BOT_TOKEN.')
  if (kind === 'locked') {
    const isThere = existsSync(join(options.folder, 'secrets.json'))
    return isThere
      ? go('in this computer’s key store, which only the window opens')
      : noGo('there is none', '')
  }
  const { mode } = statSync(join(options.folder, 'secrets.json'))
  return warn(
    `as plain text, rights ${(mode & 0o777).toString(8)}: the system has no key store`,
    'Protect the account of this computer with a password and encrypt the disk.',
  )
}

async function ask(options: TelegramChecksOptions): Promise<Asked> {
  if (options.isOffline) return { kind: 'not-asked', why: 'not asked, as --offline says' }
  const kept = stored(options)
  const token = options.environmentToken ?? (kept.kind === 'token' ? kept.token : null)
  if (token === null) return { kind: 'not-asked', why: 'not asked: this command has no token' }
  try {
    const before = options.now()
    const answer = await fetch(`${options.apiRoot}/bot${token}/getMe`, {
      method: 'POST',
      signal: AbortSignal.timeout(LONGEST_MS),
    })
    const half = (options.now() - before) / 2
    const date = Date.parse(answer.headers.get('date') ?? '')
    const me = Me.safeParse(await answer.json().catch(() => null))
    return {
      kind: 'answered',
      status: answer.status,
      username: me.success ? me.data.result.username : '',
      offMs: Number.isNaN(date) ? null : before + half - date,
    }
  } catch {
    // The error holds the address, and the address holds the token.
    return { kind: 'nobody' }
  }
}

function botOf(asked: Asked): Finding {
  if (asked.kind === 'not-asked') return skipped(asked.why)
  if (asked.kind === 'nobody')
    return noGo('Telegram does not answer', 'Look whether this computer has internet, or a proxy is needed.')
  if (asked.status === 401 || asked.status === 404)
    return noGo('Telegram refuses the token', 'Get the present one from BotFather and connect again.')
  if (asked.status !== 200 || asked.username === '')
    return noGo(
      `something else than Telegram answers (${asked.status})`,
      'Log in to the network, or ask its owner.',
    )
  return go(`@${asked.username} answers`)
}

function clockOf(asked: Asked): Finding {
  if (asked.kind !== 'answered' || asked.offMs === null)
    return skipped('could not be compared with Telegram’s')
  const seconds = Math.round(asked.offMs / 1000)
  // Telegram tells whole seconds.
  if (Math.abs(seconds) <= 1) return go('agrees with Telegram’s')
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Telegram’s`
  const set = 'Have the system set the time by itself.'
  if (Math.abs(asked.offMs) > CLOCK_WRONG_MS) return noGo(found, set)
  return Math.abs(asked.offMs) > CLOCK_OFF_MS ? warn(found, set) : go(found)
}
