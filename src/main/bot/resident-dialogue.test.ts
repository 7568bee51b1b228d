import { expect, test } from 'vitest'
import { findComments } from '../db/comments'
import { findFiles } from '../db/files'
import { findRequest } from '../db/requests'
import { samplePng } from '../practice/simulator/sample-images'
import type { Office } from '../testing/office'
import {
  addPlaces,
  joined,
  newestRequest,
  personNamed,
  type Talker,
  talker,
  testOffice,
} from './dialogue-fixture'

async function withRequest(): Promise<{ office: Office; anna: Talker; card: number }> {
  const office = await testOffice()
  const { unitCode } = addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start(`u_${unitCode}`)
  await anna.say('The lift is stuck')
  const card = anna.find('New request').messageId
  await anna.tap('Send')
  return { office, anna, card }
}

function facts(office: Office) {
  const request = findRequest(office.database.read, newestRequest(office))
  return {
    status: request?.status,
    unread: request?.unreadCount,
    comments: commentsOf(office),
  }
}

function commentsOf(office: Office) {
  // Telegram's clock has whole seconds: within one, the order of the thread says nothing.
  return findComments(office.database.read, newestRequest(office))
    .map(({ comment, visibility }) => [visibility, comment])
    .sort()
}

test('the card of the draft becomes the status card and is edited from then on', async () => {
  const { office, anna, card } = await withRequest()
  const id = newestRequest(office)
  const messages = [anna.botMessages()]
  office.dispatching.setPriority(id, 'HIGH')
  await office.settled()
  messages.push(anna.botMessages())
  await anna.tap('Cancel request')
  messages.push(anna.botMessages())

  expect({ messages, card: anna.find('No. 1').messageId === card, ...facts(office) }).toEqual({
    messages: [1, 1, 1],
    card: true,
    status: 'CANCELLED',
    unread: 1,
    comments: [],
  })
  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start u_CODE
    < *No. 1: cancelled*
      | The lift is stuck
      Place: Linden Court, flat 34
    > The lift is stuck"
  `)
})

test('each milestone is one short message, and nothing else is', async () => {
  const { office, anna } = await withRequest()
  await joined(office, 502, 'Marek Novak')
  const id = newestRequest(office)
  office.dispatching.assign(id, personNamed(office, 'Marek Novak'))
  office.dispatching.setPriority(id, 'URGENT')
  office.dispatching.start(id)
  await office.settled()
  office.dispatching.hold(id, 'a part is on its way', Date.UTC(2031, 2, 14, 15))
  await office.settled()
  office.commenting.fromDesk(id, 'Which entrance is it?', 'public')
  office.commenting.fromDesk(id, 'He is often at work', 'internal')
  await office.settled()
  office.dispatching.decline(id, 'the maker repairs it')
  await office.settled()

  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start u_CODE
    < *No. 1: declined*
      | The lift is stuck
      Place: Linden Court, flat 34
      Reason: the maker repairs it
    > The lift is stuck
    < (to: No. 1: declined)
      No. 1: Marek Novak takes care of it.
    < (to: No. 1: declined)
      No. 1 is waiting until TIME: a part is on its way
    < (to: No. 1: declined)
      *No. 1, from the office:*
      Which entrance is it?

      Reply to this message to answer.
    < (to: No. 1: declined)
      No. 1 was declined: the maker repairs it"
  `)
})

test('a reply to a question becomes a comment with a reaction, and so does one with a photo', async () => {
  const { office, anna } = await withRequest()
  office.commenting.fromDesk(newestRequest(office), 'Which entrance is it?', 'public')
  await office.settled()
  const question = anna.find('Which entrance').messageId
  await anna.say('The left one', question)
  anna.phone.sendPhoto(samplePng(30, 30), { caption: 'this one', replyTo: question })
  await office.settled()

  const own = anna.phone.messages().filter(({ from }) => from === 'person')
  expect({
    ...facts(office),
    reactions: own.map(({ reactions }) => reactions),
    files: findFiles(office.database.read, newestRequest(office)).map(({ fileType, state }) => [
      fileType,
      state,
    ]),
  }).toEqual({
    status: 'OPEN',
    unread: 3,
    comments: [
      ['public', 'The left one'],
      ['public', 'Which entrance is it?'],
      ['public', 'this one'],
    ],
    reactions: [[], [], ['👀'], ['👀']],
    files: [['photo', 'stored']],
  })
})

test('not fixed opens the request again and asks; a photo and words answer', async () => {
  const { office, anna } = await withRequest()
  const id = newestRequest(office)
  office.dispatching.resolve(id, 'Reset the drive')
  await office.settled()
  const asked = anna.read()
  await anna.tap('Not fixed')
  anna.phone.sendPhoto(samplePng(30, 30))
  await office.settled()
  await anna.say('It stops on the second floor')
  await anna.say('And one more thing: a lamp is out')

  expect(asked).toMatchInlineSnapshot(`
    "> /start u_CODE
    < *No. 1: done*
      | The lift is stuck
      Place: Linden Court, flat 34
      Done: Reset the drive
      Please say whether it is fixed.
    > The lift is stuck
    < (to: No. 1: done)
      *No. 1 is done.*
      Done: Reset the drive
      Is it fixed?
      [Fixed] [Not fixed]"
  `)
  expect({ ...facts(office), files: findFiles(office.database.read, id).length }).toEqual({
    status: 'OPEN',
    unread: 4,
    comments: [['public', 'It stops on the second floor']],
    files: 1,
  })
  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start u_CODE
    < *No. 1: received*
      | The lift is stuck
      Place: Linden Court, flat 34
      We look at it again.
      We answer by TIME.
      Reply to this message to add something.
      [Cancel request]
    > The lift is stuck
    < (to: No. 1: received)
      *No. 1 is done.*
      Not fixed. It is open again.
    < We are sorry. What is still wrong? Write it here; the request is open again.
    > (photo)
      (👀)
    > It stops on the second floor
      (👀)
    > And one more thing: a lamp is out
    < *New request*
      Place: Linden Court, flat 34
      What:
      | And one more thing: a lamp is out

      Add more if you like, then press Send.
      [Can wait] [Soon] [Danger]
      [Change place] [Throw away]
      [Send]"
  `)
})

test('a reply to the card answers what was asked about that request, and one to another card does not', async () => {
  const { office, anna, card } = await withRequest()
  await anna.say('A lamp is out')
  await anna.tap('Send')
  const other = anna.find('No. 2').messageId
  const [first] = office.database.sqlite.prepare('select id from requests order by sequence').pluck().all()
  office.dispatching.resolve(first as Parameters<typeof office.dispatching.resolve>[0], '')
  await office.settled()
  await anna.tap('Not fixed')
  await anna.say('In the cellar', other)
  await anna.say('Still stuck', card)

  const said = office.database.sqlite
    .prepare(
      'select sequence, comment from comments join requests on requests.id = request_id order by comment',
    )
    .raw()
    .all()
  expect(said).toEqual([
    [2, 'In the cellar'],
    [1, 'Still stuck'],
  ])
})

test('what was written is followed when it is edited: in the draft, as a comment and as the description', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  const first = await anna.say('The lfit is stuck')
  await anna.say('Oak House')
  anna.phone.edit(first, 'The lift is stuck')
  await office.settled()
  const draft = anna.find('New request').text
  await anna.tap('Send')
  const reply = await anna.say('since noon', anna.find('No. 1').messageId)
  anna.phone.edit(reply, 'since eleven')
  anna.phone.edit(first, 'The lift is stuck and hums')
  await office.settled()

  expect({ draft, ...facts(office) }).toEqual({
    draft:
      'New request\nPlace: Oak House\nWhat:\nThe lift is stuck\n\nAdd more if you like, then press Send.',
    status: 'OPEN',
    unread: 3,
    comments: [
      ['public', 'The lift is stuck and hums'],
      ['public', 'since eleven'],
    ],
  })
})

test('/my lists open requests and shows one again at the end of the chat', async () => {
  const { office, anna } = await withRequest()
  await anna.say('A lamp is out')
  await anna.tap('Send')
  await anna.say('/my')
  const list = anna.read().split('\n> /my\n')[1]
  await anna.tap('1 · The lift is stuck')
  const shown = anna.read().split('[1 · The lift is stuck]\n')[1]
  await anna.tap('Cancel request')
  await anna.say('/my')

  expect(list).toMatchInlineSnapshot(`
    "< *Your open requests*
      Tap one to see it here.
      [2 · A lamp is out]
      [1 · The lift is stuck]"
  `)
  expect(shown).toMatchInlineSnapshot(`
    "< *No. 1: received*
      | The lift is stuck
      Place: Linden Court, flat 34
      We answer by TIME.
      Reply to this message to add something.
      [Cancel request]"
  `)
  expect(anna.read().split('\n> /my\n')[2]).toMatchInlineSnapshot(`
    "< *Your open requests*
      Tap one to see it here.
      [2 · A lamp is out]"
  `)
  expect(facts(office).status).toBe('OPEN')
})

test('commands, and what cannot be passed on, are answered in words', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start('u_nowhere')
  await anna.start('x_something')
  await anna.say('/help')
  await anna.say('/unknown')
  await anna.say('/my')
  await anna.say('/jobs')
  anna.phone.sendSticker()
  anna.phone.sendPoll()
  anna.phone.sendLocation()
  anna.phone.sendContact()
  await office.settled()
  anna.phone.sendVoice()
  await office.settled()
  await anna.say('/new')

  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start u_nowhere
    < This code does not lead to a place any more. Write what is broken and choose the place.
    > /start x_something
    < Write what is broken, or send a photo. The manager sees it at once, and you hear here what happens next.
    > /help
    < Write what is broken, or send a photo: a request starts with your first message. Reply to its card to add something. /my shows your requests.
    > /unknown
    < Write what is broken, or send a photo: a request starts with your first message. Reply to its card to add something. /my shows your requests.
    > /my
    < You have no open requests. Write what is broken to start one.
    > /jobs
    < You have no jobs on hand.
    > (sticker)
    > (poll)
    > (location)
    > (contact)
    < Text, photos, videos, voice messages and files reach the manager. This kind of message does not; please describe it in words.
    < Text, photos, videos, voice messages and files reach the manager. This kind of message does not; please describe it in words.
    < Text, photos, videos, voice messages and files reach the manager. This kind of message does not; please describe it in words.
    < Text, photos, videos, voice messages and files reach the manager. This kind of message does not; please describe it in words.
    > (voice)
    < *New request*
      Place: not chosen yet
      Files: 1

      Where is it? Write the place: building, flat or room.
      [Can wait] [Soon] [Danger]
      [Place] [Throw away]
    > /new
    < *New request*
      Place: not chosen yet
      Files: 1

      Where is it? Write the place: building, flat or room.
      [Can wait] [Soon] [Danger]
      [Place] [Throw away]"
  `)
})
