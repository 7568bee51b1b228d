import { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import type { BotIdentity } from '../../shared/model/bot-state'
import { assertNever, Refusal } from '../../shared/model/refusal'
import { failureOf } from './failures'
import type { HttpClient } from './http-client'

/** What a bot token looks like: the bot's id, a colon, 35 characters (BotFather). */
const TOKEN = /^\d{5,16}:[\w-]{30,60}$/u
/** Asking about a token may take this long, in ms. */
const ASK_MS = 15_000
/** grammY's own limit, in seconds: a little above every limit of ours, instead of its 500. */
const CLIENT_SECONDS = 45

/** grammY's client for a token, over our connections. */
export function createApi(token: string, apiRoot: string, http: Pick<HttpClient, 'fetch'>): Api {
  return new Api(token, { apiRoot, fetch: http.fetch, timeoutSeconds: CLIENT_SECONDS })
}

/** Asks Telegram whose token this is. Refuses one that is malformed or not known, and when Telegram can't be reached. */
export async function identify(
  token: string,
  apiRoot: string,
  http: Pick<HttpClient, 'fetch'>,
): Promise<{ readonly me: UserFromGetMe; readonly identity: BotIdentity }> {
  if (!TOKEN.test(token)) throw new Refusal('token-malformed')
  const api = createApi(token, apiRoot, http)
  // grammY's own type for signals is that of a polyfill; it uses nothing that AbortSignal lacks.
  const signal = AbortSignal.timeout(ASK_MS) as never
  try {
    const me = await api.getMe(signal)
    const { url } = await api.getWebhookInfo(signal)
    const webhook = url === undefined || url === '' ? null : new URL(url).host
    return { me, identity: { id: me.id, name: me.first_name, username: me.username, webhook } }
  } catch (error) {
    throw refusalOf(error)
  }
}

/** Takes a webhook out of the way. Updates that wait at Telegram stay there for us. */
export async function removeWebhook(
  token: string,
  apiRoot: string,
  http: Pick<HttpClient, 'fetch'>,
): Promise<void> {
  try {
    await createApi(token, apiRoot, http).deleteWebhook({ drop_pending_updates: false })
  } catch (error) {
    throw refusalOf(error)
  }
}

function refusalOf(error: unknown): Refusal {
  const failure = failureOf(error)
  switch (failure.kind) {
    case 'token-refused':
      return new Refusal('token-refused')
    case 'conflict':
    case 'webhook':
    case 'wait':
    case 'blocked':
    case 'unchanged':
    case 'gone':
    case 'too-late':
    case 'refused':
    case 'server':
    case 'login-page':
    case 'network':
      return new Refusal('telegram-unreachable')
    default:
      return assertNever(failure)
  }
}
