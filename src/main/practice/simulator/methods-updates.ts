import { type ApiContext, type ApiMethod, DescribedResult } from './api-context'
import { badRequest, conflict } from './api-error'
import { limits } from './limits'
import { booleanParam, integerParam, jsonParam, textParam } from './params'

function getUpdates(context: ApiContext): unknown {
  const { call, updates, webhook, signal } = context
  if (webhook.url !== '') {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  rememberAllowed(context)
  const limit = integerParam(call, 'limit') ?? limits.updatesPerCall
  return updates.poll(
    {
      offset: integerParam(call, 'offset') ?? 0,
      limit: Math.min(Math.max(limit, 1), limits.updatesPerCall),
      timeout: Math.max(integerParam(call, 'timeout') ?? 0, 0),
    },
    signal,
  )
}

function rememberAllowed(context: ApiContext): void {
  const raw = jsonParam(context.call, 'allowed_updates')
  if (raw === undefined) return
  if (!Array.isArray(raw)) throw badRequest("can't parse allowed updates: expected an Array of String")
  // Names the server does not know are ignored there too.
  const types = (raw as unknown[]).filter((type) => typeof type === 'string')
  const same = JSON.stringify(context.updates.allowed ?? []) === JSON.stringify(types)
  if (!same) context.updates.allow(types)
}

function setWebhook(context: ApiContext): unknown {
  const url = textParam(context.call, 'url') ?? ''
  if (url === '') return deleteWebhook(context)
  if (!/^https:\/\/[^/]+\.[^/]+/i.test(url)) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
  rememberAllowed(context)
  if (booleanParam(context.call, 'drop_pending_updates')) context.updates.dropPending()
  context.updates.endPoll('terminated by setWebhook request')
  context.webhook.url = url
  context.changed()
  return new DescribedResult(true, 'Webhook was set')
}

function deleteWebhook(context: ApiContext): unknown {
  if (booleanParam(context.call, 'drop_pending_updates')) context.updates.dropPending()
  if (context.webhook.url === '') return new DescribedResult(true, 'Webhook is already deleted')
  context.webhook.url = ''
  context.changed()
  return new DescribedResult(true, 'Webhook was deleted')
}

function getWebhookInfo(context: ApiContext): unknown {
  const { updates, webhook } = context
  return {
    url: webhook.url,
    has_custom_certificate: false,
    pending_update_count: updates.pending().length,
    ...(updates.allowed === undefined ? {} : { allowed_updates: updates.allowed }),
  }
}

/** Methods about receiving. */
export const updateMethods: Readonly<Record<string, ApiMethod>> = {
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
}
