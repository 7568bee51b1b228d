import { expect, test } from 'vitest'
import { samplePng } from './sample-images'
import { callApi, refusal, startedPerson, testSimulator } from './simulator-fixture'

const now = (): number => 1_800_000_000_000
const ada = { id: 42, first_name: 'Ada', language_code: 'en' }
const from = { ...ada, is_bot: false }
const chat = { id: 42, first_name: 'Ada', type: 'private' }
const date = 1_800_000_000

function withoutIds(updates: readonly unknown[]): unknown[] {
  return updates.map((update) => {
    const entries = Object.entries(update as object)
    return Object.fromEntries(entries.filter(([name]) => name !== 'update_id'))
  })
}

const bot = {
  id: 7_204_000_001,
  is_bot: true,
  first_name: 'Facility Dispatcher',
  username: 'facility_practice_bot',
}
const start = {
  message_id: 1,
  from,
  chat,
  date,
  text: '/start',
  entities: [{ type: 'bot_command', offset: 0, length: 6 }],
}
const expectedUpdates: unknown[] = [
  {
    message: {
      message_id: 2,
      from,
      chat,
      date,
      reply_to_message: start,
      text: 'Leak at https://x.org #water',
      entities: [
        { type: 'url', offset: 8, length: 13 },
        { type: 'hashtag', offset: 22, length: 6 },
      ],
    },
  },
  {
    edited_message: {
      message_id: 2,
      from,
      chat,
      date,
      edit_date: date,
      reply_to_message: start,
      text: 'Big leak',
    },
  },
  { message: { message_id: 3, from, chat, date, location: { latitude: 1, longitude: 2 } } },
  {
    message: {
      message_id: 4,
      from,
      chat,
      date,
      forward_origin: { type: 'hidden_user', date: date - 60, sender_user_name: 'Bo' },
      text: 'seen',
    },
  },
  {
    my_chat_member: {
      chat,
      from,
      date,
      old_chat_member: { user: bot, status: 'member' },
      new_chat_member: { user: bot, status: 'kicked', until_date: 0 },
    },
  },
]

test('a bot gets what a person does in the shapes of the real API', async () => {
  const simulator = await testSimulator({ now, botId: 7_204_000_001 })
  const person = await startedPerson(simulator)
  const first = person.write('Leak at https://x.org #water', { replyTo: 1 })
  person.edit(first, 'Big leak')
  person.sendLocation(1, 2)
  person.write('seen', { forwardedFrom: { hiddenName: 'Bo' } })
  person.block()
  expect(withoutIds(simulator.pendingUpdates())).toEqual(expectedUpdates)
})

test('a photo has sizes whose unique ids depend on the content alone', async () => {
  const simulator = await testSimulator()
  const person = await startedPerson(simulator)
  person.sendPhoto(samplePng(1280, 640))
  person.sendPhoto(samplePng(1280, 640))
  type Photo = { width: number; height: number; file_id: string; file_unique_id: string }
  const [first, second] = simulator
    .pendingUpdates()
    .map((update) => (update as { message: { photo: Photo[] } }).message.photo)
  expect([
    first?.map(({ width, height }) => [width, height]),
    first?.map((size) => size.file_unique_id),
    first?.some((size, index) => size.file_id === second?.[index]?.file_id),
  ]).toEqual([
    [
      [90, 45],
      [320, 160],
      [1280, 640],
    ],
    second?.map((size) => size.file_unique_id),
    false,
  ])
})

test('a press is answered once and only in time', async () => {
  let time = now()
  const simulator = await testSimulator({ now: () => time })
  const person = await startedPerson(simulator)
  const reply_markup = { inline_keyboard: [[{ text: 'Take', callback_data: 'take' }]] }
  await callApi(simulator, 'sendMessage', { chat_id: 42, text: 'card', reply_markup })
  const pressed = person.press(2, { row: 0, column: 0 })
  const forged = person.pressForged('anything', 99)
  type Query = { callback_query: { id: string; data: string; message: { message_id: number; date: number } } }
  const queries = simulator.pendingUpdates().map((update) => (update as Query).callback_query)
  const answer = (index: number): Promise<string> =>
    refusal(simulator, 'answerCallbackQuery', { callback_query_id: queries[index]?.id })
  const answers = [await answer(0), await answer(0)]
  time += 60_000
  answers.push(await answer(1))
  const old = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
  expect({
    told: queries.map(({ data, message }) => [data, message.message_id, message.date]),
    answers,
    shown: [await pressed, await forged],
  }).toEqual({
    told: [
      ['take', 2, date],
      ['anything', 99, 0],
    ],
    answers: ['ok', old, old],
    shown: [{ answered: true }, { answered: false }],
  })
})

test('a reply keyboard shares the own contact and goes away', async () => {
  const simulator = await testSimulator()
  const person = await startedPerson(simulator)
  const send = (reply_markup: object): Promise<unknown> =>
    callApi(simulator, 'sendMessage', { chat_id: 42, text: 'Who are you?', reply_markup })
  await send({ keyboard: [[{ text: 'Share phone', request_contact: true }, 'No']] })
  const offered = person.keyboard()
  person.pressKey('Share phone')
  const shared = person.messages().at(-1)?.passive?.contact?.user_id
  await send({ remove_keyboard: true })
  expect({ offered, shared, left: person.keyboard() }).toEqual({
    offered: { rows: [[{ text: 'Share phone', shares: 'contact' }, { text: 'No' }]], oneTime: false },
    shared: 42,
    left: undefined,
  })
})

test('the menu shows the closest commands', async () => {
  const simulator = await testSimulator()
  const person = await startedPerson(simulator)
  const command = (name: string): object[] => [{ command: name, description: name }]
  await callApi(simulator, 'setMyCommands', { commands: command('new') })
  const plain = person.commands()
  await callApi(simulator, 'setMyCommands', {
    commands: command('jobs'),
    scope: { type: 'chat', chat_id: 42 },
  })
  expect([plain, person.commands()]).toEqual([command('new'), command('jobs')])
})

test('whoever blocks the bot cannot write until Start is pressed again', async () => {
  const simulator = await testSimulator()
  const person = await startedPerson(simulator)
  person.block()
  expect(() => person.write('hello')).toThrow('a person who blocks the bot cannot write to it')
  person.start()
  expect(await refusal(simulator, 'sendMessage', { chat_id: 42, text: 'Welcome back' })).toBe('ok')
})
