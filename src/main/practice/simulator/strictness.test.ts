import { expect, test } from 'vitest'
import { samplePng } from './sample-images'
import { callApi, refusal, startedPerson, testSimulator } from './simulator-fixture'

const bold = (offset: number, length: number): object => ({ type: 'bold', offset, length })
const keyboard = (...rows: object[][]): object => ({ inline_keyboard: rows })
const data = (callback_data: string, text = 'x'): object => ({ text, callback_data })
const button = "can't parse inline keyboard button: "

const messages: readonly (readonly [string, object, string])[] = [
  ['an empty text', { text: '' }, 'message text is empty'],
  ['a text of spaces', { text: ' \n\u200b ' }, 'text must be non-empty'],
  ['a text empty once parsed', { text: '<b> </b>', parse_mode: 'HTML' }, 'text must be non-empty'],
  ['4096 characters with space around', { text: `  ${'a'.repeat(4096)}\n` }, 'ok'],
  ['4097 characters', { text: 'a'.repeat(4097) }, 'message is too long'],
  ['4096 characters after parsing', { text: `<b>${'a'.repeat(4096)}</b>`, parse_mode: 'html' }, 'ok'],
  ['half a surrogate pair', { text: 'a\ud83d' }, 'strings must be encoded in UTF-8'],
  ['an unknown parse mode', { text: 'a', parse_mode: 'Rtf' }, 'unsupported parse_mode'],
  [
    'unescaped MarkdownV2',
    { text: 'No. 1', parse_mode: 'MarkdownV2' },
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  ['escaped MarkdownV2', { text: 'No\\. 1', parse_mode: 'MarkdownV2' }, 'ok'],
  [
    'an entity past the end',
    { text: 'abc', entities: [bold(1, 3)] },
    'entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4',
  ],
  [
    'an entity that begins inside a pair',
    { text: '😀a', entities: [bold(1, 2)] },
    'entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1',
  ],
  [
    'an entity that ends inside a pair',
    { text: '😀a', entities: [bold(0, 1)] },
    'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 offset 1',
  ],
  [
    'an entity of an unknown type',
    { text: 'abc', entities: [{ type: 'big', offset: 0, length: 1 }] },
    "can't parse MessageEntity: Unsupported type specified",
  ],
  ['callback data of 64 bytes', { reply_markup: keyboard([data('я'.repeat(32))]) }, 'ok'],
  [
    'callback data of 65 bytes',
    { reply_markup: keyboard([data('я'.repeat(32) + 'a')]) },
    'BUTTON_DATA_INVALID',
  ],
  ['empty callback data', { reply_markup: keyboard([data('')]) }, 'BUTTON_DATA_INVALID'],
  [
    'a button without text',
    { reply_markup: keyboard([data('a', ' ')]) },
    `${button}text of the button must be non-empty`,
  ],
  [
    'a button without action',
    { reply_markup: keyboard([{ text: 'a' }]) },
    `${button}text buttons are unallowed in the inline keyboard`,
  ],
  [
    'a button with two actions',
    { reply_markup: keyboard([{ text: 'a', url: 'https://x.org', callback_data: 'a' }]) },
    `${button}exactly one action of the button must be specified`,
  ],
  [
    'a button to nowhere',
    { reply_markup: keyboard([{ text: 'a', url: 'localhost' }]) },
    "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
  ],
  [
    'nine buttons in a row',
    { reply_markup: keyboard(Array<object>(9).fill(data('a'))) },
    'reply markup is too long',
  ],
  [
    '101 buttons',
    { reply_markup: keyboard(...Array<object[]>(101).fill([data('a')])) },
    'reply markup is too long',
  ],
  ['keyboard as text', { reply_markup: JSON.stringify(keyboard([data('a')])) }, 'ok'],
  ['a missing replied message', { reply_parameters: { message_id: 999 } }, 'message to be replied not found'],
  [
    'a missing replied message that may be missing',
    { reply_parameters: { message_id: 999, allow_sending_without_reply: true } },
    'ok',
  ],
  ['no chat', { chat_id: '' }, 'chat_id is empty'],
  ['an unknown chat', { chat_id: 777 }, 'chat not found'],
]

test('messages pass or are refused as on the real server', async () => {
  const simulator = await testSimulator()
  await startedPerson(simulator)
  const outcomes: unknown[] = []
  for (const [name, params] of messages) {
    outcomes.push([name, await refusal(simulator, 'sendMessage', { chat_id: 42, text: 'hello', ...params })])
  }
  expect(outcomes).toEqual(
    messages.map(([name, , reason]) => [name, reason === 'ok' ? reason : `Bad Request: ${reason}`]),
  )
})

test('who cannot be written to is told apart', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  simulator.people.addPerson({ id: 43, first_name: 'Never started' })
  ada.write('look', { forwardedFrom: { id: 44, first_name: 'Forwarded' } })
  const leaver = await startedPerson(simulator, 45)
  leaver.deactivate()
  const blocker = await startedPerson(simulator, 46)
  blocker.block()
  const reasons: string[] = []
  for (const chat_id of [43, 44, 45, 46])
    reasons.push(await refusal(simulator, 'sendMessage', { chat_id, text: 'a' }))
  expect(reasons).toEqual([
    'Bad Request: chat not found',
    "Forbidden: bot can't initiate conversation with a user",
    'Forbidden: user is deactivated',
    'Forbidden: bot was blocked by the user',
  ])
})

test('edits are refused as on the real server', async () => {
  let now = 1_800_000_000_000
  const simulator = await testSimulator({ now: () => now })
  const ada = await startedPerson(simulator)
  const reply_markup = { inline_keyboard: [[{ text: 'Take', callback_data: 'take' }]] }
  await callApi(simulator, 'sendMessage', { chat_id: 42, text: 'card', reply_markup })
  const own = ada.messages().at(-1)?.messageId ?? 0
  const edit = (params: object): Promise<string> =>
    refusal(simulator, 'editMessageText', { chat_id: 42, message_id: own, text: 'card', ...params })
  const reasons = [
    await edit({ reply_markup }),
    await edit({}),
    await edit({ message_id: 999 }),
    await edit({ message_id: 1 }),
    await edit({ text: 'new', reply_markup: { force_reply: true } }),
    await refusal(simulator, 'editMessageCaption', { chat_id: 42, message_id: own, caption: 'a' }),
  ]
  now += 49 * 3600 * 1000
  reasons.push(await refusal(simulator, 'deleteMessage', { chat_id: 42, message_id: own }))
  expect(reasons).toEqual([
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the ' +
      'same as a current content and reply markup of the message',
    'ok',
    'Bad Request: message to edit not found',
    "Bad Request: message can't be edited",
    'Bad Request: inline keyboard expected',
    'Bad Request: there is no caption in the message to edit',
    "Bad Request: message can't be deleted for everyone",
  ])
})

async function upload(
  simulator: Parameters<typeof callApi>[0],
  method: string,
  fields: object,
): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Uint8Array) form.append(name, new Blob([value]), 'file.jpg')
    else form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  const response = await fetch(`${simulator.apiRoot}/bot${simulator.token}/${method}`, {
    method: 'POST',
    body: form,
  })
  return ((await response.json()) as { description?: string }).description ?? 'ok'
}

test('files are refused as on the real server', async () => {
  const simulator = await testSimulator()
  await startedPerson(simulator)
  const photo = samplePng(800, 600)
  const attached = { type: 'photo', media: 'attach://a' }
  const send = (method: string, fields: object): Promise<string> =>
    upload(simulator, method, { chat_id: 42, a: photo, ...fields })
  expect([
    await send('sendPhoto', { photo }),
    await send('sendPhoto', { photo: 'attach://a' }),
    await send('sendPhoto', { photo: new Uint8Array([1, 2, 3]) }),
    await send('sendPhoto', { photo: new Uint8Array() }),
    await send('sendPhoto', { photo: samplePng(9000, 9000) }),
    await send('sendPhoto', { photo: Buffer.concat([photo, Buffer.alloc(10 * 1024 * 1024)]) }),
    await send('sendPhoto', { photo: 'AgACunknown' }),
    await send('sendPhoto', { photo, caption: 'a'.repeat(1025) }),
    await send('sendDocument', { document: new Uint8Array([1]) }),
    await send('sendMediaGroup', { media: [attached, { ...attached, caption: 'x' }] }),
    await send('sendMediaGroup', { media: [attached] }),
    await send('sendMediaGroup', { media: Array(11).fill(attached) }),
    await send('sendMediaGroup', { media: [attached, { ...attached, type: 'document' }] }),
    await send('sendMediaGroup', { media: [attached, attached], reply_markup: { inline_keyboard: [] } }),
  ]).toEqual([
    'ok',
    'ok',
    'Bad Request: IMAGE_PROCESS_FAILED',
    'Bad Request: file must be non-empty',
    'Bad Request: PHOTO_INVALID_DIMENSIONS',
    'Bad Request: file "file.jpg" is too big for a photo',
    'Bad Request: wrong file identifier/HTTP URL specified',
    'Bad Request: message caption is too long',
    'ok',
    'ok',
    'Bad Request: there are not enough messages to send as an album',
    'Bad Request: too many messages to send as an album',
    "Bad Request: document can't be mixed with other media types",
    'Bad Request: reply markup is not allowed in albums',
  ])
})

test('the other methods refuse as on the real server', async () => {
  const simulator = await testSimulator()
  const ada = await startedPerson(simulator)
  ada.sendDocument(new Uint8Array([1]), {
    fileName: 'a.pdf',
    mimeType: 'application/pdf',
    declaredSize: 21 * 1024 * 1024,
  })
  const file_id = ada.messages().at(-1)?.document?.fileId
  const emoji = (...all: string[]): object => ({
    chat_id: 42,
    message_id: 1,
    reaction: all.map((one) => ({ type: 'emoji', emoji: one })),
  })
  expect([
    await refusal(simulator, 'getFile', { file_id }),
    await refusal(simulator, 'getFile', { file_id: 'x' }),
    await refusal(simulator, 'setMessageReaction', emoji('👀')),
    await refusal(simulator, 'setMessageReaction', emoji('🪣')),
    await refusal(simulator, 'setMessageReaction', emoji('👀', '👍')),
    await refusal(simulator, 'sendChatAction', { chat_id: 42, action: 'dancing' }),
    await refusal(simulator, 'setMyCommands', { commands: [{ command: 'New', description: 'x' }] }),
    await refusal(simulator, 'answerCallbackQuery', { callback_query_id: '1' }),
    await refusal(simulator, 'sendDice', { chat_id: 42 }),
  ]).toEqual([
    'Bad Request: file is too big',
    'Bad Request: invalid file_id',
    'ok',
    'Bad Request: REACTION_INVALID',
    'Bad Request: REACTIONS_TOO_MANY',
    'Bad Request: wrong parameter action in request',
    'Bad Request: BOT_COMMAND_INVALID',
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
    'Not Found',
  ])
})

test('too many messages in a chat give 429 with the time to wait', async () => {
  let now = 1_800_000_000_000
  const simulator = await testSimulator({
    now: () => now,
    floodLimits: { perChat: { messages: 2, seconds: 10 } },
  })
  await startedPerson(simulator)
  const send = (): Promise<object> => callApi(simulator, 'sendMessage', { chat_id: 42, text: 'a' })
  await send()
  now += 4000
  await send()
  const refused = await send()
  now += 6000
  expect([refused, await refusal(simulator, 'sendMessage', { chat_id: 42, text: 'b' })]).toEqual([
    {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 6',
      parameters: { retry_after: 6 },
    },
    'ok',
  ])
})
