import type { Person } from '../../src/main/practice/simulator/phone'
import { samplePng } from '../../src/main/practice/simulator/sample-images'
import type { Simulator } from '../../src/main/practice/simulator/simulator'

/** Somebody of the house, and how far their story has come. */
export type Resident = {
  readonly phone: Person
  readonly name: string
  readonly words: string
  /** What they add to their request later; null when they add nothing. */
  readonly addition: string | null
  readonly sendsPhoto: boolean
  /** How often Send was pressed. */
  pressed: number
  added: boolean
}

/** Makes a resident; the names and words are found again in whatever must not hold them. */
export function residentOf(simulator: Simulator, index: number): Resident {
  const name = `Quillon${index}`
  return {
    phone: simulator.people.addPerson({
      id: 1000 + index,
      first_name: name,
      last_name: `Canary-name-${index}`,
      language_code: index % 4 === 3 ? 'ru' : 'en',
    }),
    name,
    words: `Canary-words ${index}: the tap drips, call +49 30 5550${String(index).padStart(3, '0')}`,
    addition: index % 3 === 1 ? `Canary-addition ${index}` : null,
    sendsPhoto: index % 3 === 0,
    pressed: 0,
    added: false,
  }
}

const SEND = new Set(['Send', 'Отправить'])
const NUMBERED = /^(?:No\.|№) ?\d/u
const MOST_PRESSES = 20

/**
 * One step of the story, if it is time for one: scan the code, write, send a photo, press Send once it is offered,
 * add something to the request. False when nothing is left to do for now.
 */
export function step(resident: Resident, unitCode: string): boolean {
  const { phone, addition } = resident
  if (!phone.hasStarted()) {
    phone.start(`u_${unitCode}`)
    phone.write(resident.words)
    if (resident.sendsPhoto) phone.sendPhoto(samplePng(640 + phone.profile.id, 480))
    return true
  }
  const fromBot = phone.messages().filter(({ from }) => from === 'bot')
  const request = fromBot.find(({ text }) => NUMBERED.test(text ?? ''))
  if (request !== undefined) {
    if (addition === null || resident.added) return false
    phone.write(addition, { replyTo: request.messageId })
    resident.added = true
    return true
  }
  const card = fromBot.findLast(({ buttons }) => buttons.flat().some(({ text }) => SEND.has(text)))
  const send = card?.buttons.flat().find(({ text }) => SEND.has(text))
  if (!card || !send || resident.pressed >= MOST_PRESSES) return false
  resident.pressed += 1
  void phone.press(card.messageId, { text: send.text }).catch(() => {})
  return true
}

/** Whoever still sees no card, because nobody knows whether it arrived, asks for it. */
export function askAgain({ phone }: Resident): void {
  const cards = phone.messages().filter(({ from, buttons }) => from === 'bot' && buttons.length > 1)
  const isNumbered = phone.messages().some(({ from, text }) => from === 'bot' && NUMBERED.test(text ?? ''))
  if (cards.length === 0 && !isNumbered) phone.write('/new')
}
