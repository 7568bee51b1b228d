import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Person } from '../../src/main/practice/simulator/phone'
import { samplePng } from '../../src/main/practice/simulator/sample-images'
import { hostileTexts, hostileFileNames } from './hostile'
import { pause, shownState, until } from './child'
import { deliveredOf, type Facts } from './invariants'
import { isAtRest, TECHNICIAN } from './scene'
import { type Case, onStage, type Stage } from './stage'

// What people, and those who mean no good, may send.

function inputCase(
  name: string,
  rows: string,
  residents: number,
  act: (stage: Stage) => Promise<Partial<Facts> | undefined>,
): Case {
  return { group: 'inputs', name, rows, run: (context) => onStage(context, { residents }, act) }
}

/** Somebody beside the residents. */
function stranger(stage: Stage, id: number, name = 'Stranger'): Person {
  return stage.scene.simulator.people.addPerson({ id, first_name: name, language_code: 'en' })
}

/** Waits until nothing is under way any more. */
async function quiet({ scene }: Stage): Promise<void> {
  let count = 0
  await until(
    'quiet',
    () => {
      count = isAtRest(scene.folder, scene.simulator) ? count + 1 : 0
      return count > 5
    },
    40_000,
  )
}

function messagesTo(phone: Person): number {
  return phone.messages().filter(({ from }) => from === 'bot').length
}

const hostileWords = inputCase(
  'names, words and captions that want to break something',
  '69-71, 83',
  2,
  async (stage) => {
    stage.start()
    const texts = hostileTexts(stage.random, 40)
    const people = texts.map((text, index) => stranger(stage, 3000 + index, text.slice(0, 60) || 'x'))
    for (const [index, phone] of people.entries()) {
      phone.start(`u_${stage.scene.unitCode}`)
      const text = texts[index] ?? ''
      if (index % 4 === 0) phone.sendPhoto(samplePng(10, 10), { caption: text.slice(0, 1024) })
      else if (text.trim() !== '') phone.write(text.slice(0, 4096))
    }
    await quiet(stage)
    for (const phone of people) {
      const card = phone
        .messages()
        .findLast(({ buttons }) => buttons.flat().some((button) => button.text === 'Send'))
      if (card) void phone.press(card.messageId, { text: 'Send' }).catch(() => {})
    }
    await stage.finish()
    const refused = stage.scene.simulator.ledger.filter(
      ({ ok, method, description }) => !ok && method.startsWith('send') && description !== undefined,
    )
    stage.expect(refused.length === 0, `Telegram refuses ${String(refused[0]?.description)}`)
    const unsafe = stage.scene
      .query('select title from requests union all select name from users')
      .flat()
      .filter((text) => /[\u0000-\u0008\u202A-\u202E\u2066-\u2069]/u.test(String(text)))
    stage.expect(unsafe.length === 0, `${unsafe.length} titles or names hold control or direction marks`)
    const [[requests] = []] = stage.scene.query('select count(*) from requests where title <> description')
    stage.note(`${String(requests)} requests with a shortened title`)
    return undefined
  },
)

const hostileFiles = inputCase(
  'files with names that lead elsewhere, bombs and pages',
  '74-76, 27',
  2,
  async (stage) => {
    stage.start()
    const phone = stranger(stage, 3000)
    phone.start(`u_${stage.scene.unitCode}`)
    phone.write('Many files')
    for (const fileName of hostileFileNames) {
      phone.sendDocument(Buffer.from(`bytes of ${fileName}`), { fileName, mimeType: 'application/pdf' })
    }
    phone.sendPhoto(samplePng(9_000, 9_000))
    phone.sendDocument(samplePng(30_000, 30_000), { fileName: 'bomb.png', mimeType: 'image/png' })
    phone.sendDocument(Buffer.from('<svg onload="alert(1)"/>'), {
      fileName: 'a.svg',
      mimeType: 'image/svg+xml',
    })
    phone.sendDocument(Buffer.from('<script>1</script>'), { fileName: 'a.html', mimeType: 'text/html' })
    phone.sendDocument(Buffer.from('x'), { fileName: 'big', mimeType: 'video/mp4', declaredSize: 30 << 20 })
    await quiet(stage)
    const card = phone
      .messages()
      .findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
    void phone.press(card?.messageId ?? 0, { text: 'Send' }).catch(() => {})
    await stage.finish()
    const names = readdirSync(join(stage.scene.folder, 'files'), { recursive: true, encoding: 'utf8' })
    const odd = names.filter((name) => !/^[0-9a-f]{2}(?:\/[0-9a-f]{64})?$/u.test(name))
    stage.expect(odd.length === 0, `files lie under names of their own: ${odd.length}`)
    const states = stage.scene.query('select state, count(*) from files group by 1 order by 1')
    const expected = JSON.stringify([
      ['stored', hostileFileNames.length + 5],
      ['too-big', 1],
    ])
    stage.expect(JSON.stringify(states) === expected, `the files are ${JSON.stringify(states)}`)
    const broken = stage.scene
      .query('select file_name from files')
      .flat()
      .filter((name) => String(name).includes('\ufffd'))
    stage.expect(broken.length === 0, 'a name of a file is cut in the middle of a character')
    return undefined
  },
)

const floodOfOne = inputCase('a thousand messages of one person', '77', 3, async (stage) => {
  stage.start()
  const flooder = stranger(stage, 3000)
  flooder.start(`u_${stage.scene.unitCode}`)
  for (let count = 0; count < 1000; count += 1) flooder.write(`message ${count}`)
  stage.move()
  await stage.finish()
  const answers = stage.scene.simulator.ledger.filter(({ params }) => params['chat_id'] === 3000).length
  stage.expect(answers < 60, `${answers} calls for one person's thousand messages`)
  const [[stored] = []] = stage.scene.query('select count(*) from inbox where chat_id = 3000')
  stage.expect(stored === 1001, `${String(stored)} of 1001 messages are stored`)
  return undefined
})

const floodOfRequests = inputCase('one person who sends request after request', '77', 2, async (stage) => {
  stage.start()
  const flooder = stranger(stage, 3000)
  const answers = new Set<string | undefined>()
  for (let count = 0; count < 16; count += 1) {
    flooder.start(`u_${stage.scene.unitCode}`)
    flooder.write(`request ${count}`)
    await quiet(stage)
    const card = flooder
      .messages()
      .findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
    if (card) answers.add((await flooder.press(card.messageId, { text: 'Send' })).text)
  }
  const told = [...answers].filter((text) => text?.startsWith('That was very many') === true)
  stage.expect(told.length === 1 && !answers.has(undefined), 'who sends too many is not told so')
  await stage.finish()
  const [[sent] = []] = stage.scene.query(
    'select count(*) from requests join users on users.id = user_id where telegram_id = 3000',
  )
  stage.expect(sent === 10, `${String(sent)} requests within a minute, not 10`)
  const kept = stage.scene.query('select state from dialogues where chat_id = 3000').flat().join('')
  stage.expect(kept.includes('request 15'), 'what was written beyond the limit is not kept')
  return undefined
})

/** Many people at once, each with words and a press. */
const floodOfMany = inputCase('three hundred people at once', '78', 300, async (stage) => {
  stage.start()
  stage.move()
  await stage.finish()
  return undefined
})

const duplicates = inputCase(
  'the same updates five times, out of order, and pressed again',
  '7-9',
  6,
  async (stage) => {
    const { simulator } = stage.scene
    stage.start()
    stage.move()
    const copies = [...simulator.pendingUpdates()].reverse()
    for (let count = 0; count < 5; count += 1) for (const update of copies) simulator.pushUpdate(update)
    await quiet(stage)
    for (const { phone } of stage.scene.residents) {
      const card = phone
        .messages()
        .findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
      const send = card?.buttons.flat().find(({ text }) => text === 'Send')?.callbackData
      for (let count = 0; count < 3; count += 1)
        if (card && send !== undefined) void phone.pressForged(send, card.messageId).catch(() => {})
    }
    await stage.finish()
    return undefined
  },
)

/** A message that can't be handled: a card whose meaning was damaged. Its time passes by the program's clock. */
const poison = inputCase('a message that can never be handled', '12', 4, async (stage) => {
  const { simulator, query } = stage.scene
  const child = stage.start()
  const victim = stranger(stage, 3000)
  const other = stranger(stage, 3001)
  victim.start(`u_${stage.scene.unitCode}`)
  victim.write('Poison')
  await quiet(stage)
  child.tell('damage', '3000')
  await pause(300)
  const card = victim.messages().findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
  void victim.press(card?.messageId ?? 0, { text: 'Send' }).catch(() => {})
  stage.move()
  for (
    let round = 1;
    round <= 8 && query("select 1 from inbox where state = 'dead'").length === 0;
    round += 1
  ) {
    child.tell('clock', String(round * 70_000))
    other.write(`wakes ${round}`)
    await pause(400)
  }
  await stage.finish()
  const shown = query("select attempts, last_error from inbox where state = 'dead'")
  stage.expect(shown[0]?.[0] === 5, `given up after ${String(shown[0]?.[0])} tries`)
  stage.expect(simulator.pendingUpdates().length === 0, 'what came after it waits')
  return { givenUp: 1 }
})

const unknownKinds = inputCase(
  'kinds of updates that nobody knows, and chats that are none of ours',
  '13, 82, 83',
  3,
  async (stage) => {
    const { simulator, query } = stage.scene
    stage.start()
    const from = { id: 3000, is_bot: false, first_name: 'Canary-name-other' }
    const group = { id: -100, type: 'supergroup', title: 'Canary-name-group' }
    const chat = { id: 3000, type: 'private', first_name: 'x' }
    const base = { message_id: 90_001, date: 1_700_000_000, chat, from }
    const updates: object[] = [
      { telepathy: { thought: 'Canary-words' } },
      {},
      { message: { ...base, text: 7 } },
      { message: { ...base, chat: group, text: '/start' } },
      {
        message: {
          ...base,
          chat: group,
          sender_chat: group,
          from: { id: 1087968824, is_bot: true, first_name: 'Group' },
        },
      },
      { message: { message_id: 90_002, date: 1, chat, text: 'nobody' } },
      { channel_post: { ...base, chat: { id: -200, type: 'channel' }, text: 'x' } },
      { business_message: { ...base, business_connection_id: 'b', text: 'x' } },
      { edited_message: { ...base, message_id: 77, text: 'x', edit_date: 1_700_000_001 } },
      { message: { ...base, via_bot: from, from: { ...from, is_bot: true }, text: 'x' } },
    ]
    for (const update of updates) simulator.pushUpdate(update)
    stage.move()
    await stage.finish()
    const [[ignored] = []] = query("select count(*) from inbox where state = 'ignored'")
    stage.expect(Number(ignored) >= updates.length, `${String(ignored)} of ${updates.length} were left aside`)
    const strange = simulator.ledger.filter(({ params }) =>
      [-100, -200, 3000].includes(Number(params['chat_id'])),
    )
    stage.expect(strange.length === 0, `${strange.length} answers to chats that are none of ours`)
    return undefined
  },
)

const editsAndAlbums = inputCase('edits and albums', '14', 2, async (stage) => {
  const { query } = stage.scene
  stage.start()
  const phone = stranger(stage, 3000)
  phone.start(`u_${stage.scene.unitCode}`)
  const first = phone.write('Befor')
  phone.sendAlbum([{ bytes: samplePng(20, 20) }, { bytes: samplePng(21, 20) }, { bytes: samplePng(22, 20) }])
  phone.edit(first, 'After')
  await quiet(stage)
  const card = phone.messages().findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Send'))
  await phone.press(card?.messageId ?? 0, { text: 'Send' })
  phone.edit(first, 'Long after')
  await stage.finish()
  const rows = query(
    'select description, photo_count from requests join users on users.id = user_id where telegram_id = 3000',
  )
  const added = query("select count(*) from comments where comment = 'Long after'")
  stage.expect(
    JSON.stringify([rows, added]) === '[[["After",3]],[[1]]]',
    `it became ${JSON.stringify([rows, added])}`,
  )
  return undefined
})

const forged = inputCase(
  "somebody else's buttons and invitations that are guessed",
  '79, 80, 84',
  3,
  async (stage) => {
    const { simulator, query, residents } = stage.scene
    stage.start()
    stage.move()
    await stage.finish()
    const before = JSON.stringify(query('select id, status, assigned_to from requests order by 1'))
    stage.start()
    const thief = stranger(stage, 3000)
    thief.start()
    const stolen = [...residents.map(({ phone }) => phone), simulator.person(TECHNICIAN)].flatMap((phone) =>
      phone
        .messages()
        .flatMap(({ messageId, buttons }) =>
          buttons
            .flat()
            .flatMap(({ callbackData }) => (callbackData === undefined ? [] : [{ messageId, callbackData }])),
        ),
    )
    const answers = await Promise.all(
      stolen.map(({ messageId, callbackData }) => thief.pressForged(callbackData, messageId)),
    )
    const words = new Set(answers.map(({ text }) => text))
    stage.expect(
      stolen.length > 0 && words.size === 1,
      `${words.size} different answers to ${stolen.length} presses`,
    )
    for (let count = 0; count < 100; count += 1)
      thief.start(`inv_${stage.random.next().toString(36).slice(2).padEnd(22, 'A').slice(0, 22)}`)
    await quiet(stage)
    const after = JSON.stringify(query('select id, status, assigned_to from requests order by 1'))
    stage.expect(before === after, 'a stranger has changed a request')
    const roles = query('select role from users where telegram_id = 3000').flat()
    stage.expect(roles[0] === 'user', `guessing made a ${String(roles[0])}`)
    stage.expect(messagesTo(thief) <= 101, `${messagesTo(thief)} messages to somebody who guesses`)
    await stage.finish()
    // Every guess is answered in the same words.
    return { delivered: deliveredOf(simulator.ledger).filter(({ chatId }) => chatId !== 3000) }
  },
)

const banned = inputCase('somebody whom the desk has shut out', '81', 2, async (stage) => {
  const child = stage.start()
  const phone = stranger(stage, 3000)
  phone.start()
  await quiet(stage)
  child.tell('shut-out', '3000')
  await pause(200)
  const before = messagesTo(phone)
  for (let count = 0; count < 20; count += 1) phone.write(`again ${count}`)
  await quiet(stage)
  stage.expect(messagesTo(phone) === before + 1, `${messagesTo(phone) - before} answers, not one`)
  const [[stored] = []] = stage.scene.query(
    "select count(*) from inbox where chat_id = 3000 and state = 'ignored'",
  )
  stage.expect(stored === 20, `${String(stored)} of 20 messages are stored as left aside`)
  stage.move()
  await stage.finish()
  stage.expect(shownState(child.said) !== null, 'nothing is shown')
  return undefined
})

/** Everything that comes from outside. */
export const INPUT_CASES: readonly Case[] = [
  hostileWords,
  hostileFiles,
  floodOfOne,
  floodOfRequests,
  floodOfMany,
  duplicates,
  poison,
  unknownKinds,
  editsAndAlbums,
  forged,
  banned,
]
