import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createClock } from './clock'
import {
  FIRST_WRITER,
  MESSAGES_EACH,
  type Order,
  type PlainUpdate,
  type Told,
  WRITERS,
} from './bot-server-talk'

// A Bot API server in a process of its own: fast and without opinions, so that it limits nobody.

/** Telegram gives so many updates at once. */
const BATCH = 100
const now = createClock()

type Waiting = { readonly response: ServerResponse; readonly timer: NodeJS.Timeout }

/** What the server knows of one bot. */
type Bot = {
  readonly token: string
  delayMs: number
  /** Updates that are out and not confirmed, then those to come. */
  queue: PlainUpdate[]
  waiting: Waiting | null
  nextUpdateId: number
  nextMessageId: number
  /** People who may write now. */
  ready: number[]
  /** How many messages each of them has written. */
  readonly written: number[]
  toWrite: number
  unanswered: number
  expected: number
  from: number
  calls: number
}

const bots = new Map<string, Bot>()

function tell(message: Told): void {
  process.send?.(message)
}

function botOf(token: string): Bot {
  const known = bots.get(token)
  if (known) return known
  const bot: Bot = {
    token,
    delayMs: 0,
    queue: [],
    waiting: null,
    nextUpdateId: 1,
    nextMessageId: 1,
    ready: Array.from({ length: WRITERS }, (_, slot) => slot),
    written: Array.from({ length: WRITERS }, () => 0),
    toWrite: 0,
    unanswered: 0,
    expected: 0,
    from: 0,
    calls: 0,
  }
  bots.set(token, bot)
  return bot
}

/** The next message of the person in a slot: after a few of them another person takes the slot. */
function writeMessage(bot: Bot, slot: number): PlainUpdate {
  const count = bot.written[slot] ?? 0
  bot.written[slot] = count + 1
  const id = FIRST_WRITER + Math.floor(count / MESSAGES_EACH) * WRITERS + slot
  bot.nextMessageId += 1
  bot.nextUpdateId += 1
  return {
    update_id: bot.nextUpdateId,
    message: {
      message_id: bot.nextMessageId,
      date: Math.floor(now() / 1000),
      chat: { id, type: 'private', first_name: `Writer ${String(id)}` },
      from: { id, is_bot: false, first_name: `Writer ${String(id)}`, language_code: 'en' },
      text: `The heating in the bedroom has been cold since Monday, message ${String(count)} of mine about it`,
    },
  }
}

/** Lets people write as many messages as fit into one answer, once enough of them have heard the last one. */
function fillQueue(bot: Bot): void {
  const wanted = Math.min(BATCH, bot.toWrite)
  if (wanted === 0 || bot.queue.length > 0) return
  if (bot.ready.length < wanted && bot.unanswered > 0) return
  if (bot.expected > 0 && bot.from === 0) bot.from = now()
  for (const slot of bot.ready.splice(0, wanted)) {
    bot.queue.push(writeMessage(bot, slot))
    bot.toWrite -= 1
    bot.unanswered += 1
  }
}

function respond(bot: Bot, response: ServerResponse, result: unknown, then?: () => void): void {
  const body = Buffer.from(JSON.stringify({ ok: true, result }))
  const send = () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
    then?.()
  }
  if (bot.delayMs === 0) send()
  else setTimeout(send, bot.delayMs)
}

function giveUpdates(bot: Bot): void {
  const { waiting } = bot
  if (!waiting) return
  fillQueue(bot)
  if (bot.queue.length === 0) return
  bot.waiting = null
  clearTimeout(waiting.timer)
  const batch = bot.queue.slice(0, BATCH)
  respond(bot, waiting.response, batch, () => {
    for (const update of batch)
      if (!('message' in update))
        tell({ told: 'pushed', token: bot.token, updateId: update.update_id, at: now() })
  })
}

type Params = { offset?: number; timeout?: number; chat_id?: number; message_id?: number; text?: string }

function getUpdates(bot: Bot, params: Params, response: ServerResponse): void {
  const { offset } = params
  if (offset !== undefined) bot.queue = bot.queue.filter(({ update_id: id }) => id >= offset)
  bot.waiting?.response.destroy()
  const timer = setTimeout(
    () => {
      if (bot.waiting?.response === response) bot.waiting = null
      respond(bot, response, [])
    },
    (params.timeout ?? 0) * 1000,
  )
  bot.waiting = { response, timer }
  giveUpdates(bot)
}

function answered(bot: Bot, chatId: number): void {
  const slot = (chatId - FIRST_WRITER) % WRITERS
  if (chatId < FIRST_WRITER || slot < 0) return
  bot.ready.push(slot)
  bot.unanswered -= 1
  bot.expected -= 1
  if (bot.expected === 0) {
    tell({ told: 'answered', token: bot.token, from: bot.from, until: now(), calls: bot.calls })
    bot.from = 0
    bot.calls = 0
  }
  giveUpdates(bot)
}

function call(bot: Bot, method: string, params: Params, response: ServerResponse): void {
  bot.calls += 1
  switch (method.toLowerCase()) {
    case 'getupdates':
      getUpdates(bot, params, response)
      return
    case 'getme':
      respond(bot, response, {
        id: Number(bot.token.split(':')[0]),
        is_bot: true,
        first_name: 'Desk',
        username: 'desk_bot',
      })
      return
    case 'getwebhookinfo':
      respond(bot, response, { url: '', has_custom_certificate: false, pending_update_count: 0 })
      return
    case 'sendmessage':
    case 'editmessagetext':
      sendMessage(bot, params, response)
      return
    default:
      respond(bot, response, true)
  }
}

function sendMessage(bot: Bot, params: Params, response: ServerResponse): void {
  const chatId = params.chat_id ?? 0
  bot.nextMessageId += 1
  const message = {
    message_id: params.message_id ?? bot.nextMessageId,
    date: Math.floor(now() / 1000),
    chat: { id: chatId, type: 'private', first_name: 'Writer' },
    text: params.text,
  }
  respond(bot, response, message, () => {
    answered(bot, chatId)
  })
}

function read(request: IncomingMessage, done: (body: string) => void): void {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    done(Buffer.concat(parts).toString('utf8'))
  })
}

const server = createServer({ keepAlive: true, keepAliveTimeout: 120_000 }, (request, response) => {
  const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)/u.exec(request.url ?? '') ?? []
  read(request, (body) => {
    call(botOf(token), method, body === '' ? {} : (JSON.parse(body) as Params), response)
  })
})

process.on('message', (order: Order) => {
  const bot = botOf(order.token)
  switch (order.do) {
    case 'open':
      bot.delayMs = order.delayMs
      break
    case 'write':
      bot.toWrite = order.count
      bot.expected = order.count
      bot.calls = 0
      giveUpdates(bot)
      break
    case 'push':
      bot.queue.push({ ...order.update, update_id: (bot.nextUpdateId += 1) })
      giveUpdates(bot)
  }
})
process.on('disconnect', () => process.exit(0))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') tell({ told: 'listening', port: address.port })
})
