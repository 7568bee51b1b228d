import { afterEach, expect, test } from 'vitest'
import { PersonId, RequestId } from '../../shared/model/ids'
import { countByStatus } from '../db/requests'
import { type Office, openOffice } from '../testing/office'
import { samplePng } from '../practice/simulator/sample-images'

let office: Office
afterEach(async () => {
  await office.close()
})

test('a message becomes a request, is assigned, done and confirmed, and everybody is told', async () => {
  office = await openOffice()
  const { simulator } = office
  const anna = simulator.people.addPerson({
    id: 501,
    first_name: 'Anna',
    last_name: 'Petrova',
    language_code: 'en',
  })
  const marek = simulator.people.addPerson({ id: 502, first_name: 'Marek', language_code: 'en' })
  const invite = office.people.invite('Marek Novak')
  marek.start(`inv_${invite.code}`)
  await office.settled()

  anna.start()
  anna.write('Leak under the kitchen sink')
  anna.sendPhoto(samplePng(40, 30), { caption: 'water on the floor' })
  await office.settled()
  anna.write('Linden Court, flat 34')
  await office.settled()
  const draft = anna.messages().findLast((message) => message.buttons.length > 0)
  console.log(
    JSON.stringify(
      anna.messages().map((m) => [m.from, m.text, m.buttons.map((r) => r.map((b) => b.text))]),
      null,
      1,
    ),
  )
  const answer = await anna.press(draft?.messageId ?? 0, { text: 'Send' })
  await office.settled()
  expect(answer).toEqual({ answered: true, text: 'Sent. It is No. 1.', alert: false })

  const row = office.database.sqlite.prepare('select id, user_id as userId from requests').get() as {
    id: string
  }
  const requestId = RequestId.parse(row.id)
  const tech = office.database.sqlite.prepare("select id from users where role = 'technician'").pluck().get()
  office.dispatching.assign(requestId, PersonId.parse(tech))
  await office.settled()
  console.log(
    JSON.stringify(
      marek.messages().map((m) => [m.from, m.text, m.caption, m.buttons.map((r) => r.map((b) => b.text))]),
      null,
      1,
    ),
  )
  const job = marek.messages().findLast((message) => message.buttons.length > 0)
  await marek.press(job?.messageId ?? 0, { text: 'Take' })
  await office.settled()
  await marek.press(job?.messageId ?? 0, { text: 'Start' })
  await office.settled()
  await marek.press(job?.messageId ?? 0, { text: 'Done' })
  await office.settled()
  const question = anna.messages().findLast((message) => message.buttons.length > 0)
  await anna.press(question?.messageId ?? 0, { text: 'Fixed' })
  await office.settled()
  console.log(
    JSON.stringify(
      anna.messages().map((m) => [m.from, m.text, m.buttons.map((r) => r.map((b) => b.text))]),
      null,
      1,
    ),
  )
  console.log(office.log.lines.filter((l) => l.level === 'error'))
  expect(countByStatus(office.database.read).get('CLOSED')).toBe(1)
})
