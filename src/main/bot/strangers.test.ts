import { expect, test } from 'vitest'
import { addPlaces, newestRequest, personNamed, type Talker, talker, testOffice } from './dialogue-fixture'

const NOTHING = { answered: true, text: 'This button does nothing any more.', alert: false }

function dataOf(who: Talker, words: string, button: string): string {
  const data = who
    .find(words)
    .buttons.flat()
    .find(({ text }) => text === button)?.callbackData
  if (data === undefined) throw new Error(`no button "${button}"`)
  return data
}

async function withTwo() {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  const eve = talker(office, 666, 'Eve')
  await anna.say('Leak in my bathroom')
  await anna.say('Linden Court, flat 34')
  await anna.tap('Send')
  await eve.start()
  return { office, anna, eve }
}

test('nobody sees, presses or answers what belongs to somebody else', async () => {
  const { office, anna, eve } = await withTwo()
  const card = anna.find('No. 1')
  const before = anna.read()
  await eve.say('/my')
  await eve.say('Let me see', card.messageId)
  await eve.tap('Throw away')
  const pressed = [
    await eve.phone.pressForged(dataOf(anna, 'No. 1', 'Cancel request'), card.messageId),
    await eve.phone.pressForged(dataOf(anna, 'No. 1', 'Cancel request'), 1),
  ]
  await office.settled()

  expect(pressed).toEqual([NOTHING, NOTHING])
  expect(anna.read()).toBe(before)
  expect(eve.read()).not.toMatch(/Leak|Linden|No\. 1/u)
  expect(office.database.sqlite.prepare('select count(*) from comments').pluck().get()).toBe(0)
})

test('a list of somebody else opens nothing', async () => {
  const { office, anna, eve } = await withTwo()
  await anna.say('/my')
  const answer = await eve.phone.pressForged(dataOf(anna, 'Your open requests', '1 · Leak in my bathroom'))
  await office.settled()

  expect(answer).toEqual(NOTHING)
  expect(eve.read()).not.toMatch(/Leak|Linden|No\. 1/u)
})

test('a button that comes from another chat does nothing, even of the same person', async () => {
  const { office, anna } = await withTwo()
  office.simulator.pushUpdate({
    callback_query: {
      id: '1',
      from: { id: 501, is_bot: false, first_name: 'Anna' },
      data: dataOf(anna, 'No. 1', 'Cancel request'),
      message: { message_id: 3, chat: { id: 999, type: 'private' } },
    },
  })
  await office.settled()

  expect(office.database.sqlite.prepare('select status from requests').pluck().all()).toEqual(['OPEN'])
})

test('forged buttons do nothing and say so in the same words, whatever they are', async () => {
  const { office, anna } = await withTwo()
  const card = anna.find('No. 1').messageId
  const live = dataOf(anna, 'No. 1', 'Cancel request')
  const token = live.split(':')[0] ?? ''
  const before = anna.read()
  const forged = [
    'x',
    '',
    ':',
    'v1:cancel:1',
    `${'A'.repeat(22)}:0`,
    `${token}:1`,
    `${token}:999`,
    `${token}:-1`,
    `${token}:0:0`,
    `${token}:0\n`,
    token,
    `${token}:0${'0'.repeat(100_000)}`,
    '💥'.repeat(5000),
    `${token}:__proto__`,
    "' or 1=1 --",
  ]
  const answers = []
  for (const data of forged) answers.push(await anna.phone.pressForged(data, card))
  await office.settled()

  expect(answers).toEqual(forged.map(() => NOTHING))
  expect(anna.read()).toBe(before)
})

test('a used button and one from before a change do nothing any more; sent twice, a press counts once', async () => {
  const { office, anna } = await withTwo()
  await anna.say('No light')
  await anna.say('Cellar')
  const draft = anna.find('New request').messageId
  const send = dataOf(anna, 'New request', 'Send')
  const presses = await Promise.all([
    anna.phone.pressForged(send, draft),
    anna.phone.pressForged(send, draft),
    anna.phone.pressForged(send, draft),
  ])
  await office.settled()
  presses.push(await anna.phone.pressForged(send, draft))
  await office.settled()

  expect(presses.map(({ text }) => text)).toEqual([
    'Sent. It is No. 2.',
    NOTHING.text,
    NOTHING.text,
    NOTHING.text,
  ])
  expect(office.database.sqlite.prepare('select count(*) from requests').pluck().get()).toBe(2)
})

test('a press that comes too late for its request says what is the matter', async () => {
  const { office, anna } = await withTwo()
  const id = newestRequest(office)
  const cancel = dataOf(anna, 'No. 1', 'Cancel request')
  office.simulator.faults.always('editMessageText', { kind: 'delay', ms: 400 })
  office.dispatching.resolve(id, '')
  const late = await anna.phone.pressForged(cancel, anna.find('No. 1').messageId)
  office.simulator.faults.clear()
  await office.settled()
  const words = late.text
  office.database.sqlite
    .prepare('update requests set completed_at = completed_at - ?')
    .run(8 * 24 * 3_600_000)
  const confirm = anna.find('Is it fixed?')
  const tooLate = await anna.phone.press(confirm.messageId, { text: 'Not fixed' })
  await office.settled()

  expect([words, tooLate.text]).toEqual([
    expect.stringMatching(
      /^(?:This button does nothing any more\.|Not possible now: the request is done\.)$/u,
    ),
    'More than a week has passed. Please write a new request.',
  ])
})

test('a resident whom the desk has shut out is told so once, and nothing comes of what they write', async () => {
  const { office, anna } = await withTwo()
  office.people.setActive(personNamed(office, 'Anna Petrova'), false)
  const press = await anna.phone.pressForged(
    dataOf(anna, 'No. 1', 'Cancel request'),
    anna.find('No. 1').messageId,
  )
  await anna.say('Hello?')
  await anna.say('Anybody?', anna.find('No. 1').messageId)
  const silent = anna.read().split('> Hello?\n')[1]
  office.people.setActive(personNamed(office, 'Anna Petrova'), true)
  await anna.say('And now?')

  expect(press).toEqual(NOTHING)
  expect(silent).toMatch(
    /^< Your access has been switched off\. Please ask the manager\.\n> \(to: [^\n]*\n  Anybody\?$/u,
  )
  expect(anna.find('New request').text).toContain('And now?')
})

test('a place that was taken off the list meanwhile cannot be chosen', async () => {
  const office = await testOffice()
  addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Leak')
  await anna.tap('Place')
  const flat = dataOf(anna, 'Which place', 'flat 3')
  office.database.sqlite.pragma('foreign_keys = OFF')
  office.database.sqlite.prepare("delete from units where name = 'flat 3'").run()
  const answer = await anna.phone.pressForged(flat, anna.find('Which place').messageId)

  expect(answer).toEqual(NOTHING)
})
