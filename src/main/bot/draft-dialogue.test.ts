import { expect, test } from 'vitest'
import { findFiles } from '../db/files'
import { findRequest } from '../db/requests'
import { samplePng } from '../practice/simulator/sample-images'
import { addPlaces, newestRequest, talker, testOffice } from './dialogue-fixture'

test('a unit link settles the place, and next time it is known', async () => {
  const office = await testOffice()
  const { unitCode } = addPlaces(office, 2)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start(`u_${unitCode}`)
  const greeted = anna.read()
  await anna.say('No hot water')
  await anna.tap('Send')
  await anna.say('The radiator is cold')

  expect(greeted).toMatchInlineSnapshot(`
    "> /start u_CODE
    < *New request*
      Place: Linden Court, flat 34

      Write what is broken, or send a photo.
      [Can wait] [Soon] [Danger]
      [Change place] [Throw away]"
  `)
  expect(anna.find('New request').text).toMatchInlineSnapshot(`
    "New request
    Place: Linden Court, flat 34
    What:
    The radiator is cold

    Add more if you like, then press Send."
  `)
})

test('a building link offers its places; a building without any is the place', async () => {
  const office = await testOffice()
  const { buildingCode } = addPlaces(office, 2)
  const oak = String(
    office.database.sqlite.prepare("select link_code from buildings where name = 'Oak House'").pluck().get(),
  )
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start(`b_${buildingCode}`)
  const offered = anna.find('New request')
  await anna.start(`b_${oak}`)

  expect([offered.text, offered.buttons.length, anna.find('New request').text]).toEqual([
    'New request\nWhich place in Linden Court?',
    10,
    'New request\nPlace: Oak House\n\nWrite what is broken, or send a photo.',
  ])
})

test('the place is found by buttons, page by page, and back again', async () => {
  const office = await testOffice()
  addPlaces(office, 2)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Leak')
  await anna.tap('Place')
  const buildings = anna.read()
  await anna.tap('Back')
  const back = anna.read()
  await anna.tap('Place')
  await anna.tap('Linden Court')
  await anna.tap('More ›')
  await anna.tap('More ›')
  const last = anna.read()
  await anna.tap('‹ Previous')
  await anna.tap('‹ Previous')
  const first = anna.read()
  await anna.tap('flat 7')

  expect([buildings, last]).toMatchInlineSnapshot(`
    [
      "> Leak
    < *New request*
      Which building?
      [Linden Court]
      [Oak House]
      [Another place] [Back]",
      "> Leak
    < *New request*
      Which place in Linden Court?
      [flat 33] [flat 34]
      [flat 35] [flat 36]
      [flat 37] [flat 38]
      [flat 39] [flat 40]
      [‹ Previous]
      [Another place] [Back]",
    ]
  `)
  expect(first).toContain('[flat 15] [flat 16]\n  [More ›]\n  [Another place] [Back]')
  expect(anna.read()).toMatchInlineSnapshot(`
    "> Leak
    < *New request*
      Place: Linden Court, flat 7
      What:
      | Leak

      Add more if you like, then press Send.
      [Can wait] [Soon] [Danger]
      [Change place] [Throw away]
      [Send]"
  `)
  expect(back).toContain('Choose the place with the buttons.')
  expect(anna.botMessages()).toBe(1)
})

test('with one building its places are offered at once, and another place can be written', async () => {
  const office = await testOffice()
  addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Leak')
  await anna.tap('Place')
  const offered = anna.find('New request').text
  await anna.tap('Another place')
  const asked = anna.find('New request').text
  await anna.say('the garage')

  expect([offered, asked, anna.find('New request').text, anna.botMessages()]).toEqual([
    'New request\nWhich place in Linden Court?',
    'New request\nPlace: not chosen yet\nWhat:\nLeak\n\nWhere is it? Write the place: building, flat or room.',
    'New request\nPlace: the garage\nWhat:\nLeak\n\nAdd more if you like, then press Send.',
    1,
  ])
})

test('urgency is chosen and changed, pressed twice it stays, and danger is answered with a warning', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Smell of gas')
  await anna.tap('Danger')
  const danger = anna.read()
  await anna.tap('✓ Danger')
  const again = anna.read()
  await anna.tap('Can wait')

  expect(danger).toMatchInlineSnapshot(`
    "> Smell of gas
    < *New request*
      Place: not chosen yet
      What:
      | Smell of gas
      Urgency: Danger

      Where is it? Write the place: building, flat or room.
      *If somebody is in danger, call 112 first.*
      [Can wait] [Soon] [✓ Danger]
      [Place] [Throw away]"
  `)
  expect(again).toBe(danger)
  expect(anna.find('New request').text).toContain('Urgency: Can wait')
})

test('Send is offered once there is a place and something to tell', async () => {
  const office = await testOffice()
  addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  const offers = () =>
    anna
      .find('New request')
      .buttons.flat()
      .some(({ text }) => text === 'Send')
  await anna.say('/new')
  const seen = [offers()]
  await anna.tap('Place')
  await anna.tap('flat 2')
  seen.push(offers())
  await anna.say('Leak')
  seen.push(offers())

  expect(seen).toEqual([false, false, true])
})

test('a photo comes first, an album is one draft, and several texts are one description', async () => {
  const office = await testOffice()
  const { unitCode } = addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start(`u_${unitCode}`)
  anna.phone.sendPhoto(samplePng(20, 20))
  await office.settled()
  const photoFirst = anna.find('New request').text
  anna.phone.sendAlbum([
    { bytes: samplePng(21, 20), caption: 'by the window' },
    { bytes: samplePng(22, 20) },
    { bytes: samplePng(23, 20) },
  ])
  anna.phone.sendDocument(Buffer.from('%PDF-1.4'), { fileName: 'bill.pdf', mimeType: 'application/pdf' })
  anna.phone.write('Water comes in')
  anna.phone.write('when it rains')
  await office.settled()
  const draft = anna.find('New request').text
  await anna.tap('Send')

  const request = findRequest(office.database.read, newestRequest(office))
  expect({
    photoFirst,
    draft,
    messages: anna.botMessages(),
    title: request?.title,
    description: request?.description,
    photos: request?.photoCount,
    thumbnail: request?.thumbnail?.length,
    files: findFiles(office.database.read, newestRequest(office))
      .map(({ fileType, fileName, state }) => `${fileType} ${fileName} ${state}`)
      .sort(),
  }).toEqual({
    photoFirst:
      'New request\nPlace: Linden Court, flat 34\nPhotos: 1\n\nAdd more if you like, then press Send.',
    draft:
      'New request\nPlace: Linden Court, flat 34\nWhat:\nby the window\nWater comes in\nwhen it rains\nPhotos: 4\nFiles: 1\n\nAdd more if you like, then press Send.',
    messages: 1,
    title: 'by the window',
    description: 'by the window\nWater comes in\nwhen it rains',
    photos: 4,
    thumbnail: 64,
    files: ['document bill.pdf stored', ...Array.from({ length: 4 }, () => 'photo  stored')],
  })
})

test('a draft that was thrown away says so, and the next words begin anew', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Leak')
  await anna.tap('Throw away')
  await anna.say('No light in the hall')

  expect(anna.read()).toMatchInlineSnapshot(`
    "> Leak
    < This draft was thrown away. Write to start a new request.
    > No light in the hall
    < *New request*
      Place: not chosen yet
      What:
      | No light in the hall

      Where is it? Write the place: building, flat or room.
      [Can wait] [Soon] [Danger]
      [Place] [Throw away]"
  `)
})
