import { expect, test } from 'vitest'
import { findComments } from '../db/comments'
import { findFiles } from '../db/files'
import { findRequest } from '../db/requests'
import { samplePng } from '../practice/simulator/sample-images'
import type { Office } from '../testing/office'
import { joined, newestRequest, personNamed, type Talker, talker, testOffice } from './dialogue-fixture'

async function withJob(): Promise<{ office: Office; anna: Talker; marek: Talker }> {
  const office = await testOffice()
  const marek = await joined(office, 502, 'Marek Novak')
  const anna = talker(office, 501, 'Anna Petrova')
  anna.phone.write('Leak')
  await office.settled()
  anna.phone.sendAlbum([{ bytes: samplePng(20, 20) }, { bytes: samplePng(21, 20) }])
  await office.settled()
  await anna.say('Oak House, hall')
  await anna.tap('Send')
  office.dispatching.assign(newestRequest(office), personNamed(office, 'Marek Novak'))
  await office.settled()
  return { office, anna, marek }
}

function facts(office: Office) {
  const id = newestRequest(office)
  const request = findRequest(office.database.read, id)
  return {
    status: request?.status,
    taken: request?.takenAt != null,
    assigned: request?.assignedTo != null,
    comments: findComments(office.database.read, id)
      .map(({ comment, visibility }) => [visibility, comment])
      .sort(),
  }
}

test('an invitation works once', async () => {
  const office = await testOffice()
  const { code } = office.people.invite('Marek Novak')
  const marek = talker(office, 502, 'Bob')
  const other = talker(office, 503, 'Eve')
  await marek.start(`inv_${code}`)
  await marek.start(`inv_${code}`)
  await other.start(`inv_${code}`)

  const said = (who: Talker) =>
    who.phone.messages().flatMap(({ from, text }) => (from === 'bot' ? [text] : []))
  const roles = office.database.sqlite
    .prepare('select name, role from users where telegram_id is not null order by name')
    .raw()
    .all()
  expect({ marek: said(marek), other: said(other), roles }).toEqual({
    marek: [
      'You are on the team as Marek Novak. New jobs appear here. Reply to a job to leave a note or a photo for the office.',
      'Your jobs appear here with buttons. Reply to a job to leave a note or a photo. /jobs shows what you have on hand.',
    ],
    other: ['This invitation has been used or has expired. Ask the manager for a new one.'],
    roles: [
      ['Eve', 'user'],
      ['Marek Novak', 'technician'],
    ],
  })
})

test('a job comes as an album and a card, is taken, started and done', async () => {
  const { office, anna, marek } = await withJob()
  const given = marek.read()
  await marek.tap('Take')
  const taken = marek.read().split('Photos of job 1')[1]
  await marek.tap('Start')
  const started = marek.find('Job 1').text?.split('\n')[0]
  await marek.tap('Done')

  expect(given).toMatchInlineSnapshot(`
    "> /start inv_CODE
    < You are on the team as Marek Novak. New jobs appear here. Reply to a job to leave a note or a photo for the office.
    < (photo)
      Photos of job 1
    < (photo)
    < *Job 1: new*
      | Leak
      Place: Oak House, hall
      From: Anna Petrova
      Priority: medium
      Due: TIME
      Reply to this message to leave a note or a photo for the office.
      [Take] [Can't]"
  `)
  expect(taken).toMatchInlineSnapshot(`
    "
    < (photo)
    < *Job 1: taken*
      | Leak
      Place: Oak House, hall
      From: Anna Petrova
      Priority: medium
      Due: TIME
      Reply to this message to leave a note or a photo for the office.
      [Start] [Done]
      [Can't]"
  `)
  expect([
    started,
    marek.find('Job 1').text?.split('\n')[0],
    marek.botMessages(),
    facts(office).status,
  ]).toEqual(['Job 1: in progress', 'Job 1: done', 4, 'RESOLVED'])
  expect(anna.find('Is it fixed?').text).toBe('No. 1 is done.\nIs it fixed?')
})

test('a reply to the job card is a note for the staff, with its photo', async () => {
  const { office, anna, marek } = await withJob()
  const before = anna.read()
  const card = marek.find('Job 1').messageId
  await marek.say('The valve is rusty', card)
  marek.phone.sendPhoto(samplePng(33, 20), { caption: 'see here', replyTo: card })
  await office.settled()

  expect(facts(office).comments).toEqual([
    ['internal', 'The valve is rusty'],
    ['internal', 'see here'],
  ])
  expect(findFiles(office.database.read, newestRequest(office))).toHaveLength(3)
  expect(
    marek.phone
      .messages()
      .slice(-2)
      .map(({ reactions }) => reactions),
  ).toEqual([['👀'], ['👀']])
  // The resident's card counts the photo and says nothing of the note.
  expect(anna.read()).toBe(before.replace('2 photos', '2 photos'))
})

test('a job is given back with a reason from a button', async () => {
  const { office, anna, marek } = await withJob()
  await marek.tap("Can't")
  const asked = marek.read().split('Photos of job 1')[1]
  const notice = await marek.tap('Parts or tools missing')

  expect(asked).toMatchInlineSnapshot(`
    "
    < (photo)
    < *Job 1: new*
      | Leak
      Place: Oak House, hall
      From: Anna Petrova
      Priority: medium
      Due: TIME
      Reply to this message to leave a note or a photo for the office.
      [Take] [Can't]
    < Why not? Choose or write a few words. Only the office sees it.
      [No time today]
      [Parts or tools missing]
      [Not my trade]"
  `)
  expect(marek.read().split('Photos of job 1')[1]).toMatchInlineSnapshot(`
    "
    < (photo)
    < Job 1 is not yours any more.
    < Thank you. The manager has it."
  `)
  expect({ notice, ...facts(office) }).toEqual({
    notice: 'Noted',
    status: 'OPEN',
    taken: false,
    assigned: false,
    comments: [['internal', 'Parts or tools missing']],
  })
  expect(anna.read()).not.toContain('Parts')
})

test('a job is given back with a typed reason, also as a reply to the question, and a photo goes with it', async () => {
  const { office, marek } = await withJob()
  await marek.tap("Can't")
  marek.phone.sendPhoto(samplePng(34, 20), {
    caption: 'no access',
    replyTo: marek.find('Why not?').messageId,
  })
  await office.settled()

  expect(facts(office)).toEqual({
    status: 'OPEN',
    taken: false,
    assigned: false,
    comments: [['internal', 'no access']],
  })
  expect(findFiles(office.database.read, newestRequest(office))).toHaveLength(3)
  expect(marek.read().split('Photos of job 1')[1]).toMatchInlineSnapshot(`
    "
    < (photo)
    < Job 1 is not yours any more.
    < Thank you. The manager has it.
    > (to: Thank you. The manager has it.)
      (photo)
      no access
      (👀)"
  `)
})

test('a job that goes to somebody else says so on the first card, whose old buttons do nothing', async () => {
  const { office, marek } = await withJob()
  const eva = await joined(office, 503, 'Eva Lind')
  const card = marek.find('Job 1')
  const old = card.buttons[0]?.[0]?.callbackData ?? ''
  office.dispatching.assign(newestRequest(office), personNamed(office, 'Eva Lind'))
  await office.settled()
  const answer = await marek.phone.pressForged(old, card.messageId)
  await marek.say('mine?', card.messageId)

  expect([marek.find('Job 1').text, answer.text, eva.find('Job 1').text?.split('\n')[0]]).toEqual([
    'Job 1 is not yours any more.',
    'This button does nothing any more.',
    'Job 1: new',
  ])
  // Words of somebody who has nothing to do with the job any more begin a request of his own.
  expect([facts(office).comments, marek.find('New request').text?.includes('mine?')]).toEqual([[], true])
})

test('a technician who was deactivated can do nothing, is told once, and comes back by an invitation', async () => {
  const { office, marek } = await withJob()
  const card = marek.find('Job 1')
  const take = card.buttons[0]?.[0]?.callbackData ?? ''
  office.people.setActive(personNamed(office, 'Marek Novak'), false)
  const answers = [(await marek.phone.pressForged(take, card.messageId)).text]
  await office.settled()
  answers.push((await marek.phone.pressForged(take, card.messageId)).text)
  await marek.say('hello?', card.messageId)
  await marek.say('/jobs')
  const during = marek.read().split('Photos of job 1')[1]
  const state = facts(office)
  await marek.start(`inv_${office.people.invite('Marek Novak').code}`)
  await marek.say('/jobs')

  expect(answers).toEqual(['This button does nothing any more.', 'This button does nothing any more.'])
  expect(during).toMatchInlineSnapshot(`
    "
    < (photo)
    < Job 1 is not yours any more.
    > (to: Job 1 is not yours any more.)
      hello?
    < Your access has been switched off. Please ask the manager.
    > /jobs"
  `)
  expect(state).toEqual({ status: 'ASSIGNED', taken: false, assigned: true, comments: [] })
  expect(marek.find('Your jobs').buttons).toMatchObject([[{ text: '1 · Leak' }]])
})

test('/jobs lists what is on hand and shows a job again', async () => {
  const { office, marek } = await withJob()
  await marek.say('/jobs')
  await marek.tap('1 · Leak')
  const shown = marek.phone.messages().at(-1)?.text?.split('\n')[0]
  office.dispatching.resolve(newestRequest(office), '')
  await office.settled()
  await marek.say('/jobs')
  await marek.start()

  expect([
    shown,
    marek.phone
      .messages()
      .slice(-4)
      .map(({ text }) => text),
  ]).toMatchInlineSnapshot(`
    [
      "Job 1: new",
      [
        "/jobs",
        "You have no jobs on hand.",
        "/start",
        "Your jobs appear here with buttons. Reply to a job to leave a note or a photo. /jobs shows what you have on hand.",
      ],
    ]
  `)
})
