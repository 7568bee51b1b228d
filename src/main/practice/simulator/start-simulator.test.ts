import { Bot, InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy'
import { expect, test } from 'vitest'
import { samplePng } from './sample-images'
import type { Simulator } from './simulator'
import { callApi, startedPerson, testSimulator } from './simulator-fixture'

function botOf(simulator: Simulator): Bot {
  return new Bot(simulator.token, { client: { apiRoot: simulator.apiRoot } })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('grammY polls, answers a press and edits its card', async () => {
  const simulator = await testSimulator({ now: () => 1_800_000_000_000 })
  const ada = simulator.people.addPerson({ id: 42, first_name: 'Ada' })
  const bot = botOf(simulator)
  bot.command('start', async (ctx) => {
    await ctx.reply(`Hello ${ctx.match}`, { reply_markup: new InlineKeyboard().text('Take', 'take:1') })
  })
  bot.callbackQuery('take:1', async (ctx) => {
    await ctx.editMessageText('Taken')
    await ctx.answerCallbackQuery({ text: 'Yours', show_alert: true })
  })
  const polling = bot.start()
  ada.start('u_1')
  await until(() => ada.messages().length === 2)
  const pressed = await ada.press(2, { text: 'Take' })
  await bot.stop()
  await polling
  expect({ pressed, messages: ada.messages() }).toEqual({
    pressed: { answered: true, text: 'Yours', alert: true },
    messages: [
      {
        messageId: 1,
        from: 'person',
        date: 1_800_000_000,
        text: '/start u_1',
        entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        buttons: [],
        reactions: [],
      },
      {
        messageId: 2,
        from: 'bot',
        date: 1_800_000_000,
        editedAt: 1_800_000_000,
        text: 'Taken',
        buttons: [],
        reactions: [],
      },
    ],
  })
})

test('grammY uploads an album and downloads what it has sent', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  const bot = botOf(simulator)
  const photo = samplePng(800, 600)
  const sent = await bot.api.sendMediaGroup(42, [
    InputMediaBuilder.photo(new InputFile(photo, 'before the repair.png'), { caption: 'before' }),
    InputMediaBuilder.photo(new InputFile(samplePng(400, 300)), {
      caption: '<b>after</b>',
      parse_mode: 'HTML',
    }),
  ])
  const first = sent[0]
  const largest = first && 'photo' in first ? first.photo.at(-1) : undefined
  const file = await bot.api.getFile(largest?.file_id ?? '')
  const download = await fetch(`${simulator.apiRoot}/file/bot${simulator.token}/${file.file_path ?? ''}`)
  const shown = ada.messages().slice(1)
  expect({
    same: Buffer.from(await download.arrayBuffer()).equals(photo),
    size: file.file_size,
    groups: new Set(shown.map((message) => message.mediaGroupId)).size,
    shown: shown.map(({ caption, captionEntities, photo }) => [caption, captionEntities, photo?.width]),
  }).toEqual({
    same: true,
    size: photo.length,
    groups: 1,
    shown: [
      ['before', undefined, 800],
      ['after', [{ type: 'bold', offset: 0, length: 5 }], 400],
    ],
  })
})

test('a document keeps the name and type it was uploaded with', async () => {
  const simulator = await testSimulator()
  await startedPerson(simulator)
  const { document } = await botOf(simulator).api.sendDocument(
    42,
    new InputFile(Buffer.from('a;b'), 'Отчёт.csv'),
  )
  expect([document.file_name, document.file_size]).toEqual(['Отчёт.csv', 3])
})

test('of two pollers the first is sent away', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  const poll = { timeout: 20 }
  const first = callApi(simulator, 'getUpdates', poll)
  await until(() => simulator.ledger.length === 3)
  const second = callApi(simulator, 'getUpdates', poll)
  const refused = await first
  ada.write('hello')
  const answered = await second
  expect([refused, (answered.result as unknown[]).length]).toEqual([
    {
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    },
    1,
  ])
})

test('an album arrives in one answer to a waiting poll', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  const waiting = callApi(simulator, 'getUpdates', { timeout: 20 })
  await until(() => simulator.ledger.length === 3)
  ada.sendAlbum([{ bytes: samplePng(10, 10), caption: 'leak' }, { bytes: samplePng(20, 20) }])
  const { result } = await waiting
  expect((result as unknown[]).length).toBe(2)
})

test('an offset confirms what stands before it', async () => {
  const simulator = await testSimulator()
  simulator.pushUpdate({ update_id: 100, message: null })
  simulator.pushUpdate({ update_id: 102 })
  simulator.pushUpdate({ update_id: 101 })
  simulator.pushUpdate('not even an object')
  const all = (await callApi(simulator, 'getUpdates', {})).result
  const afterTwo = (await callApi(simulator, 'getUpdates', { offset: 102, limit: 1 })).result
  const last = (await callApi(simulator, 'getUpdates', { offset: -1 })).result
  expect({ all, afterTwo, last, confirmed: simulator.confirmedUpdateIds() }).toEqual({
    all: [{ update_id: 100, message: null }, { update_id: 102 }, { update_id: 101 }, 'not even an object'],
    afterTwo: [{ update_id: 102 }],
    last: ['not even an object'],
    confirmed: [100, 101, 102],
  })
})

test('after update ids restart, an old offset confirms nothing', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  simulator.restartUpdateIds(500)
  ada.write('after a week')
  const { result } = await callApi(simulator, 'getUpdates', { offset: 900_000_000 })
  expect([
    (result as { update_id: number }[]).map((update) => update.update_id),
    simulator.pendingUpdates().length,
  ]).toEqual([[500], 1])
})

test('updates older than a day are gone', async () => {
  let now = 1_800_000_000_000
  const simulator = await testSimulator({ now: () => now })
  const ada = await startedPerson(simulator)
  ada.write('Friday evening')
  now += 24 * 3600 * 1000 + 1
  ada.write('Saturday evening')
  const { result } = await callApi(simulator, 'getUpdates')
  expect((result as { message: { text: string } }[]).map((update) => update.message.text)).toEqual([
    'Saturday evening',
  ])
})

test('only asked-for updates arrive', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  await callApi(simulator, 'getUpdates', { allowed_updates: ['my_chat_member'] })
  ada.write('unheard')
  ada.block()
  const { result } = await callApi(simulator, 'getUpdates')
  expect((result as object[]).map((update) => Object.keys(update))).toEqual([['update_id', 'my_chat_member']])
})

test('a webhook stands in the way of polling until it is deleted', async () => {
  const simulator = await testSimulator()
  simulator.setWebhook('https://example.org/hook')
  const conflict = await callApi(simulator, 'getUpdates')
  const deleted = await callApi(simulator, 'deleteWebhook')
  const free = await callApi(simulator, 'getUpdates')
  expect([conflict, deleted, free]).toEqual([
    {
      ok: false,
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    },
    { ok: true, result: true, description: 'Webhook was deleted' },
    { ok: true, result: [] },
  ])
})

test('a revoked token is refused and a new one works', async () => {
  const simulator = await testSimulator()
  const old = simulator.token
  simulator.revokeToken()
  const revoked = await callApi(simulator, 'getMe')
  const fresh = simulator.issueToken()
  const { ok } = await callApi(simulator, 'getMe')
  const shape = /^\d{6,12}:[A-Za-z0-9_-]{35}$/
  expect([revoked, ok, fresh === old, shape.test(old), shape.test(fresh)]).toEqual([
    { ok: false, error_code: 401, description: 'Unauthorized' },
    true,
    false,
    true,
    true,
  ])
})

test('parameters may come in the address, as a form and as JSON', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  const address = `${simulator.apiRoot}/bot${simulator.token}/sendmessage`
  await fetch(`${address}?chat_id=42&text=address`)
  await fetch(address, { method: 'POST', body: new URLSearchParams({ chat_id: '42', text: 'form' }) })
  await callApi(simulator, 'SENDMESSAGE', { chat_id: '42', text: 'JSON' })
  expect(ada.messages().map((message) => message.text)).toEqual(['/start', 'address', 'form', 'JSON'])
})

test('a restart keeps chats, files, ids and what the bot has not seen', async () => {
  const before = await testSimulator({ now: () => 1_800_000_000_000 })
  const ada = await startedPerson(before)
  ada.sendPhoto(samplePng(100, 50), { caption: 'leak' })
  const stored = new Map<string, Uint8Array>()
  const files = {
    put: (id: string, bytes: Uint8Array) => void stored.set(id, bytes),
    get: () => samplePng(100, 50),
  }
  const state = JSON.parse(JSON.stringify(before.snapshot())) as ReturnType<Simulator['snapshot']>
  const after = await testSimulator({ state, files, now: () => 1_800_000_000_000 })
  const fileId = ada.messages().at(-1)?.photo?.fileId ?? ''
  expect({
    token: after.token,
    messages: after.person(42).messages(),
    pending: after.pendingUpdates(),
    bytes: after.fileBytes(fileId),
    nextId: after.person(42).write('again'),
    snapshot: after.snapshot().nextUpdateId,
  }).toEqual({
    token: before.token,
    messages: ada.messages(),
    pending: before.pendingUpdates(),
    bytes: samplePng(100, 50),
    nextId: 3,
    snapshot: before.snapshot().nextUpdateId + 1,
  })
})

test('a thousand messages take well under two seconds', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  const started = performance.now()
  for (let count = 0; count < 100; count += 1) {
    await Promise.all(
      Array.from({ length: 10 }, () => callApi(simulator, 'sendMessage', { chat_id: 42, text: 'notice' })),
    )
  }
  await callApi(simulator, 'getUpdates')
  const fast = performance.now() - started < 2000
  expect([ada.messages().length, fast]).toEqual([1001, true])
})
