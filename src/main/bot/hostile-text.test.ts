import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PersonId } from '../../shared/model/ids'
import { must } from '../../shared/model/refusal'
import { findPerson } from '../db/people'
import { cleanLine, cleanText, clip } from '../domain/plain-text'
import type { ChatMessage } from '../practice/simulator/chat-message'
import type { Person } from '../practice/simulator/phone'
import { cleanText as serverText } from '../practice/simulator/clean-text'
import { samplePng } from '../practice/simulator/sample-images'
import { type Office, openOffice } from '../testing/office'
import { newestRequest } from './dialogue-fixture'
import { hostileText } from './hostile-text-fixture'

let office: Office
let technician: PersonId
let nextId = 10_000

beforeAll(async () => {
  office = await openOffice()
  const marek = office.simulator.people.addPerson({ id: 502, first_name: 'M', language_code: 'en' })
  marek.start(`inv_${office.people.invite('Marek').code}`)
  await office.settled()
  technician = PersonId.parse(
    office.database.sqlite.prepare("select id from users where role = 'technician'").pluck().get(),
  )
})
afterAll(async () => {
  await office.close()
})

/** What Telegram keeps of a text. */
const kept = (text: string) => serverText({ text, entities: [] }).text

/** The stretches that the bot has marked; Telegram marks links and the like by itself. */
function marks({ text = '', entities = [] }: ChatMessage): [string, string][] {
  return entities
    .filter(({ type }) => type === 'bold' || type === 'blockquote')
    .map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])
}

type Typed = Record<'name' | 'words' | 'caption' | 'place' | 'reason' | 'comment' | 'technician', string>

/** Sends a message past the checks of a phone, as it would come from a client of one's own. */
function pushText(id: number, name: string, messageId: number, text: string): void {
  office.simulator.pushUpdate({
    message: {
      message_id: messageId,
      date: Math.floor(Date.now() / 1000),
      chat: { id, type: 'private', first_name: name },
      from: { id, is_bot: false, first_name: name, language_code: 'en' },
      text,
    },
  })
}

function newest(phone: Person): ChatMessage {
  return must(phone.messages().at(-1), 'a message')
}

async function walkThrough(typed: Typed) {
  const id = nextId++
  const phone = office.simulator.people.addPerson({ id, first_name: typed.name, language_code: 'en' })
  const last = (words: string): ChatMessage => {
    const found = phone
      .messages()
      .findLast(({ from, text }) => from === 'bot' && text?.includes(words) === true)
    if (!found) throw new Error(`nobody said "${words}"`)
    return found
  }
  phone.sendPhoto(samplePng(9, 9), { caption: typed.caption.slice(0, 1024) })
  await office.settled()
  // Without buildings the first text after the photo is the place.
  pushText(id, typed.name, 900_001, typed.place)
  pushText(id, typed.name, 900_002, typed.words)
  if (cleanLine(typed.place) === '' && cleanLine(typed.words) === '')
    pushText(id, typed.name, 900_003, 'hall')
  await office.settled()
  const draft = last('New request')
  await phone.press(draft.messageId, { text: 'Send' })
  await office.settled()
  const request = newestRequest(office)
  const status = last('received')
  office.people.rename(technician, cleanLine(typed.technician) === '' ? 'Marek' : typed.technician)
  office.dispatching.assign(request, technician)
  await office.settled()
  const assigned = newest(phone)
  const job = newest(office.simulator.person(502))
  if (cleanText(typed.reason) !== '') office.dispatching.hold(request, typed.reason, null)
  await office.settled()
  const held = newest(phone)
  if (cleanText(typed.comment) !== '') office.commenting.fromDesk(request, typed.comment, 'public')
  await office.settled()
  return { draft, status, assigned, job, held, commented: newest(phone) }
}

function expected(typed: Typed, number: string, who: string) {
  const place = cleanLine(typed.place).slice(0, 200)
  const inPlace = place !== ''
  const parts = [cleanText(typed.caption.slice(0, 1024)), ...(inPlace ? [cleanText(typed.words)] : [])]
  const words = parts.filter((part) => part !== '').join('\n')
  const quote = (limit: number): [string, string][] => {
    const shown = kept(clip(words, limit))
    return shown === '' ? [] : [['blockquote', shown]]
  }
  return {
    draft: [['bold', 'New request'], ...quote(600)],
    status: [['bold', `No. ${number}: received`], ...quote(600)],
    job: [['bold', `Job ${number}: new`], ...quote(2500)],
    assigned: kept(`No. ${number}: ${who} takes care of it.`),
    held: kept(clip(`No. ${number} is waiting: ${cleanText(typed.reason)}`, 4096)),
    commented: [
      [['bold', `No. ${number}, from the office:`]],
      // A long one ends somewhere before the limit, which is for the test of rich-text.ts to say.
      kept(clip(`No. ${number}, from the office:\n${cleanText(typed.comment)}`, 4000)).slice(0, -1),
    ] as const,
  }
}

test('nothing that anybody types breaks or forges a message', { timeout: 120_000 }, async () => {
  const text = hostileText
  const typed = fc.record({
    name: text.map((name) => name.slice(0, 64)),
    words: text,
    caption: text,
    place: text,
    reason: text,
    comment: text,
    technician: text,
  })
  await fc.assert(
    fc.asyncProperty(typed, async (given) => {
      const seen = await walkThrough(given)
      const number = String(
        office.database.sqlite.prepare('select max(sequence) from requests').pluck().get(),
      )
      const name = findPerson(office.database.read, technician)?.name ?? ''
      const want = expected(given, number, name)
      expect([marks(seen.draft), marks(seen.status), marks(seen.job)]).toEqual([
        want.draft,
        want.status,
        want.job,
      ])
      expect([seen.assigned.text, marks(seen.assigned)]).toEqual([want.assigned, []])
      if (cleanText(given.reason) !== '') expect([seen.held.text, marks(seen.held)]).toEqual([want.held, []])
      if (cleanText(given.comment) !== '') {
        const [title, begin] = want.commented
        expect([marks(seen.commented), seen.commented.text?.slice(0, begin.length)]).toEqual([title, begin])
      }
      const refused = office.simulator.ledger.filter(({ errorCode }) => errorCode !== undefined)
      expect(refused.map(({ method, description }) => [method, description])).toEqual([])
    }),
    { numRuns: 20 },
  )
  expect(JSON.stringify(office.log.lines)).not.toContain('"level":"error"')
})
