import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePng } from '../practice/simulator/sample-images'
import { type Office, openOffice } from '../testing/office'
import { parseBatch } from './updates'

let office: Office
let nextChat = 5000
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  await office.close()
})

const from = { id: 501, is_bot: false, first_name: 'Anna', language_code: 'en' }
const chat = { id: 501, type: 'private' }
const base = { message_id: 9, date: 1_790_000_000, chat, from }
const group = { id: -100, type: 'supergroup', title: 'House' }

/** Sends updates and says what became of each, then makes sure that the bot still listens. */
async function fate(updates: readonly unknown[]): Promise<string[]> {
  const ids = updates.map((update) => office.simulator.pushUpdate(update))
  const neighbour = office.simulator.people.addPerson({ id: nextChat++, first_name: 'Neighbour' })
  neighbour.start()
  await office.settled()
  expect(neighbour.messages()).toHaveLength(2)
  const state = office.database.sqlite.prepare('select state from inbox where update_id = ?').pluck()
  return ids.map((id) => (state.get(id) as string | undefined) ?? 'not stored')
}

const quiet: [string, object][] = [
  ['a channel post', { channel_post: { ...base, chat: { id: -200, type: 'channel' }, text: 'x' } }],
  ['a message in a group', { message: { ...base, chat: group, text: '/start' } }],
  ['a message of nobody', { message: { message_id: 9, date: 1, chat, text: 'x' } }],
  ['a message of a bot', { message: { ...base, from: { ...from, is_bot: true }, text: 'x' } }],
  ['a poll', { poll: { id: '1', question: '?', options: [] } }],
  ['an inline query', { inline_query: { id: '1', from, query: '', offset: '' } }],
  ['a payment', { pre_checkout_query: { id: '1', from } }],
  ['a kind of the future', { telepathy: { thought: 'x' } }],
  ['nothing', {}],
  ['a pinned message', { message: { ...base, pinned_message: { message_id: 1, date: 1, chat } } }],
  ['a timer', { message: { ...base, message_auto_delete_timer_changed: { message_auto_delete_time: 1 } } }],
  ['an edit of something unknown', { edited_message: { ...base, message_id: 77, text: 'x', edit_date: 1 } }],
  ['a text of a wrong type', { message: { ...base, text: 7 } }],
  ['a chat of a wrong type', { message: { ...base, chat: 'x', text: 'x' } }],
  ['a photo without sizes', { message: { ...base, photo: [] } }],
  ['marks of a wrong type', { message: { ...base, text: '/start', entities: [null] } }],
  ['a date that no calendar has', { message: { ...base, date: 9e15, text: 'x' } }],
  ['a query without a person', { callback_query: { id: '1', data: 'x' } }],
  [
    'a change of a membership in a group',
    { my_chat_member: { chat: group, from, new_chat_member: { status: 'left' } } },
  ],
]

test.each(quiet)('%s is stored and left aside', async (_name, update) => {
  expect(await fate([update])).toEqual(['ignored'])
})

test('what people really send is handled: forwarded, old, huge, with a strange name', async () => {
  const updates = [
    {
      message: {
        ...base,
        text: 'x',
        forward_origin: { type: 'hidden_user', sender_user_name: 'Z', date: 1 },
      },
    },
    { message: { ...base, message_id: 10, text: 'a\u0000\ud800'.repeat(250_000) } },
    {
      message: { ...base, message_id: 11, from: { ...from, first_name: '', last_name: '\u202e' }, text: 'y' },
    },
    { message: { ...base, message_id: 12, sticker: { file_id: 'a', file_unique_id: 'b' } } },
    {
      message: {
        ...base,
        message_id: 13,
        audio: { file_id: 'none', file_unique_id: 'b1', file_name: 'a.mp3' },
      },
    },
    { message: { ...base, message_id: 14, video: { file_id: 'none', file_unique_id: 'b2', file_size: 1 } } },
    { message: { ...base, message_id: 15, video_note: { file_id: 'none', file_unique_id: 'b3' } } },
    { message: { ...base, message_id: 16, voice: { file_id: 'none', file_unique_id: 'b4' } } },
    {
      message: {
        ...base,
        message_id: 17,
        document: { file_id: 'none', file_unique_id: 'b5', mime_type: 'image/png' },
      },
    },
    { callback_query: { id: '1', from, data: 'x', inline_message_id: '1' } },
    { callback_query: { id: '2', from, game_short_name: 'chess' } },
  ]

  expect(await fate(updates)).toEqual(updates.map(() => 'done'))
})

test('blocking the bot is noted, and writing again takes it back', async () => {
  const anna = office.simulator.people.addPerson({ id: 601, first_name: 'Anna' })
  const blocked = () =>
    office.database.sqlite
      .prepare('select blocked_at is not null from users where telegram_id = 601')
      .pluck()
      .get()
  anna.start()
  await office.settled()
  anna.block()
  await office.settled()
  const seen = [blocked()]
  anna.unblock()
  await office.settled()
  seen.push(blocked())
  anna.block()
  await office.settled()
  anna.start()
  await office.settled()
  seen.push(blocked())
  // Leaving a group together with the bot says nothing about the private chat.
  office.simulator.pushUpdate({
    my_chat_member: {
      chat: group,
      from: { ...from, id: 601 },
      date: 1,
      old_chat_member: {},
      new_chat_member: { status: 'kicked' },
    },
  })
  await office.settled()
  seen.push(blocked())

  expect(seen).toEqual([1, 0, 0, 0])
})

test('an edited caption and an edit without words are followed or left aside', async () => {
  const anna = office.simulator.people.addPerson({ id: 602, first_name: 'Anna' })
  const photo = anna.sendPhoto(samplePng(8, 8), { caption: 'lmap' })
  await office.settled()
  anna.edit(photo, 'lamp')
  await office.settled()

  expect(anna.messages().at(-1)?.text).toContain('lamp')
})

const key = fc.constantFrom(
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat',
  'from',
  'text',
  'id',
  'date',
  'message_id',
  'photo',
  'document',
  'data',
  'entities',
  'reply_to_message',
  'type',
  'is_bot',
  'first_name',
  'new_chat_member',
  'status',
  'file_id',
  'file_unique_id',
  'width',
  'height',
  '__proto__',
  'constructor',
  'x',
)
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    'private',
    501,
    true,
    false,
    null,
    '',
    'x',
    1,
    -1,
    0.5,
    1_790_000_000,
    2 ** 53,
    1e308,
    '\u0000',
    '\ud800',
  ),
  fc.constant('long').map(() => 'y'.repeat(100_000)),
  fc.jsonValue(),
)
const { junk } = fc.letrec<{ junk: unknown }>((tie) => ({
  junk: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('junk'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('junk')), { maxLength: 8 }).map((pairs) => Object.fromEntries(pairs)),
  ),
}))
/** A real update with some of its parts replaced by junk. */
const spoilt = fc
  .tuple(
    fc.constantFrom<object>(
      { message: { ...base, text: 'x' } },
      { message: { ...base, photo: [{ file_id: 'a', file_unique_id: 'b', width: 1, height: 1 }] } },
      { edited_message: { ...base, text: 'x', edit_date: 2 } },
      { callback_query: { id: '1', from, data: 'x', message: base } },
      { my_chat_member: { chat, from, date: 1, old_chat_member: {}, new_chat_member: { status: 'member' } } },
    ),
    fc.integer({ min: 0, max: 30 }),
    junk,
  )
  .map(([update, at, value]) => {
    let index = 0
    return JSON.parse(JSON.stringify(update), (_key, present: unknown) => {
      index += 1
      return index - 1 === at ? value : present
    }) as unknown
  })

test('whatever JSON comes is stored or left aside, and its neighbour is handled', {
  timeout: 60_000,
}, async () => {
  const update = fc.oneof(spoilt, junk)
  await fc.assert(
    fc.asyncProperty(fc.array(update, { minLength: 1, maxLength: 12 }), async (updates) => {
      const fates = await fate(
        updates.filter((one) => !(typeof one === 'object' && one !== null && 'update_id' in one)),
      )
      for (const one of fates) expect(['done', 'ignored', 'not stored']).toContain(one)
    }),
    { numRuns: 40 },
  )
  expect(office.engine.state().kind).toBe('receiving')
})

test('every update with a number stays in its batch, by rising number, whatever is around it', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          junk,
          junk.map((body) => ({ update_id: 5, body })),
          fc.nat().map((id) => ({ update_id: id })),
        ),
      ),
      (items) => {
        const sound = items.filter(
          (item) =>
            typeof item === 'object' &&
            item !== null &&
            'update_id' in item &&
            Number.isSafeInteger(item.update_id),
        ) as { update_id: number }[]
        if (sound.length === 0 && items.length > 0) {
          expect(() => parseBatch(items)).toThrow('holds no update')
          return
        }
        expect(parseBatch(items).map(({ update_id }) => update_id)).toEqual(
          sound.map(({ update_id }) => update_id).sort((a, b) => a - b),
        )
      },
    ),
  )
  expect(() => parseBatch({ update_id: 1 })).toThrow()
})
