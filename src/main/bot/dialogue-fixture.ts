import { afterEach } from 'vitest'
import { PersonId, RequestId } from '../../shared/model/ids'
import type { ChatMessage } from '../practice/simulator/chat-message'
import type { Person } from '../practice/simulator/phone'
import { type Office, openOffice } from '../testing/office'

const open: Office[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((office) => office.close()))
})

/** An office that closes with its test. */
export async function testOffice(options: Parameters<typeof openOffice>[0] = {}): Promise<Office> {
  const office = await openOffice(options)
  open.push(office)
  return office
}

/** Somebody who talks to the bot and reads what it says. */
export type Talker = {
  readonly phone: Person
  /** Writes, and waits until the bot has nothing more to say; the id of the message. */
  readonly say: (text: string, replyTo?: number) => Promise<number>
  /** Presses Start, with what a link carries; waits likewise. */
  readonly start: (parameter?: string) => Promise<void>
  /** Presses the newest button of this name; the words of the notice, null when there are none. */
  readonly tap: (button: string) => Promise<string | null>
  /** The whole chat, as it reads now. */
  readonly read: () => string
  /** The newest message of the bot that has words like these. */
  readonly find: (words: string) => ChatMessage
  /** How many messages the bot has sent. */
  readonly botMessages: () => number
}

/** A talker of the office; `name` is first and last name. */
export function talker(office: Office, id: number, name: string, language = 'en'): Talker {
  const [first = '', last] = name.split(' ')
  const phone = office.simulator.people.addPerson({
    id,
    first_name: first,
    ...(last === undefined ? {} : { last_name: last }),
    language_code: language,
  })
  return {
    phone,
    say: async (text, replyTo) => {
      const messageId = phone.write(text, replyTo === undefined ? {} : { replyTo })
      await office.settled()
      return messageId
    },
    start: async (parameter) => {
      phone.start(parameter)
      await office.settled()
    },
    tap: (button) => tap(office, phone, button),
    read: () => readChat(phone),
    find: (words) => found(phone, words),
    botMessages: () => phone.messages().filter(({ from }) => from === 'bot').length,
  }
}

async function tap(office: Office, phone: Person, button: string): Promise<string | null> {
  const shown = phone.messages().findLast(({ buttons }) => buttons.flat().some(({ text }) => text === button))
  if (!shown) throw new Error(`nobody offers "${button}" in:\n${readChat(phone)}`)
  const answer = await phone.press(shown.messageId, { text: button })
  await office.settled()
  if (!answer.answered) throw new Error(`the press of "${button}" was not answered`)
  return answer.text ?? null
}

function found(phone: Person, words: string): ChatMessage {
  const shown = phone
    .messages()
    .findLast(({ from, text }) => from === 'bot' && text?.includes(words) === true)
  if (!shown) throw new Error(`nobody said "${words}" in:\n${readChat(phone)}`)
  return shown
}

// Times depend on the day of the test.
const TIMES = /(?<before>answer by |Due: |until |Ответим до |Срок: )[^:\n]*?\d\d:\d\d/gu

/** Links carry codes made at random. */
const CODES = /(?<kind>\b(?:inv|u|b)_)[\w-]{16,}/gu

/** A chat as it reads on the phone: `>` is what the person wrote, `<` is the bot. */
export function readChat(phone: Person): string {
  const messages = phone.messages()
  return messages.map((message) => drawn(message, messages)).join('\n')
}

function drawn(message: ChatMessage, all: readonly ChatMessage[]): string {
  const replied = all.find(({ messageId }) => messageId === message.replyToMessageId)
  const lines = [
    ...(replied ? [`(to: ${headOf(replied)})`] : []),
    ...(message.photo ? ['(photo)'] : []),
    ...(message.document ? [`(file ${message.document.fileName ?? ''})`] : []),
    ...(message.passive ? [`(${Object.keys(message.passive)[0] ?? ''})`] : []),
    ...marked(message)
      .split('\n')
      .filter((_line, _index, all) => all.join('') !== ''),
    ...message.buttons.map((row) => row.map(({ text }) => `[${text}]`).join(' ')),
    ...message.reactions.map((emoji) => `(${emoji})`),
  ]
  const mark = message.from === 'bot' ? '<' : '>'
  return lines.map((line, index) => `${index === 0 ? mark : ' '} ${line}`.trimEnd()).join('\n')
}

function headOf(message: ChatMessage): string {
  return (message.text ?? message.caption ?? 'photo').split('\n', 1)[0] ?? ''
}

/** The text with `*` around what is bold and `|` before what is quoted. */
function marked(message: ChatMessage): string {
  let text = message.text ?? message.caption ?? ''
  for (const { type, offset, length } of [...(message.entities ?? [])].reverse()) {
    const inside = text.slice(offset, offset + length)
    const shown =
      type === 'bold'
        ? `*${inside}*`
        : type === 'blockquote'
          ? `| ${inside.replaceAll('\n', '\n| ')}`
          : inside
    text = text.slice(0, offset) + shown + text.slice(offset + length)
  }
  return text.replace(TIMES, '$<before>TIME').replace(CODES, '$<kind>CODE')
}

/** The newest request of the office. */
export function newestRequest(office: Office): RequestId {
  return RequestId.parse(
    office.database.sqlite.prepare('select id from requests order by sequence desc limit 1').pluck().get(),
  )
}

/** Somebody of the office, by name. */
export function personNamed(office: Office, name: string): PersonId {
  return PersonId.parse(
    office.database.sqlite.prepare('select id from users where name = ?').pluck().get(name),
  )
}

/** A technician who has joined by an invitation. */
export async function joined(office: Office, id: number, name: string, language = 'en'): Promise<Talker> {
  const technician = talker(office, id, name, language)
  await technician.start(`inv_${office.people.invite(name).code}`)
  return technician
}

/** The buildings of the tests: one with 40 flats, and, when asked for, one without any. */
export function addPlaces(
  office: Office,
  buildings: 1 | 2,
): { readonly unitCode: string; readonly buildingCode: string } {
  const linden = office.places.addBuilding({ name: 'Linden Court', address: 'Lindenstrasse 5' })
  const names = Array.from({ length: 40 }, (_, index) => `flat ${String(index + 1)}`)
  office.places.addUnits(linden, names, 'unit')
  if (buildings === 2) office.places.addBuilding({ name: 'Oak House', address: 'Eichenweg 2' })
  const code = (sql: string) => String(office.database.sqlite.prepare(sql).pluck().get())
  return {
    unitCode: code("select link_code from units where name = 'flat 34'"),
    buildingCode: code("select link_code from buildings where name = 'Linden Court'"),
  }
}

/** What stands in the log, as text. */
export function logText(office: Office): string {
  return JSON.stringify(office.log.lines)
}
