import { samplePng } from '../../src/main/practice/simulator/sample-images'
import type { Person } from '../../src/main/practice/simulator/phone'
import type { Simulator } from '../../src/main/practice/simulator/simulator'
import { startSimulator } from '../../src/main/practice/simulator/start-simulator'
import { FIRST_TECHNICIAN, type StreetOrder, type StreetTold } from './talk'

// The people of one hour and the Telegram they use, in a process of their own: the profile is of the program alone.

const FIRST_RESIDENT = 500_000_000
/** Residents who are busy with their phones at the same time. */
const AT_ONCE = 40
const PATIENCE_MS = 20_000
const TROUBLES = [
  'Water leaks under the kitchen sink',
  'The lift is stuck on the third floor',
  'No heating since the morning',
  'The corridor light flickers',
  'The garage gate is jammed',
]

const tell = (told: StreetTold) => process.send?.(told)

async function openStreet(): Promise<void> {
  const simulator = await startSimulator()
  process.on('message', (order: StreetOrder) => {
    live(simulator, order).then((untold) => {
      tell({ told: 'over', calls: simulator.ledger.length, untold })
    }, fail)
  })
  tell({ told: 'ready', apiRoot: simulator.apiRoot, token: simulator.token })
}

/** Everybody's hour; gives how many residents waited in vain. */
async function live(simulator: Simulator, order: StreetOrder): Promise<number> {
  const { invites, units, residents } = order
  const technicians = invites.map((code, index) => {
    const phone = newPerson(simulator, FIRST_TECHNICIAN + index, `Technician ${String(index)}`)
    phone.start(`inv_${code}`)
    return phone
  })
  const stops = technicians.map((phone) => work(simulator, phone))
  let next = 0
  let untold = 0
  const resident = async () => {
    while (next < residents) {
      const index = next
      next += 1
      const phone = newPerson(simulator, FIRST_RESIDENT + index, `Resident ${String(index)}`)
      if (await report(simulator, phone, index, units)) continue
      untold += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, resident))
  for (const stop of stops) stop()
  return untold
}

/** One resident: comes by the code on the door, reports, sends, hears that it is done and confirms. */
async function report(
  simulator: Simulator,
  phone: Person,
  index: number,
  units: readonly string[],
): Promise<boolean> {
  phone.start(`u_${units[index % units.length] ?? ''}`)
  await said(simulator, phone, 1)
  phone.write(TROUBLES[index % TROUBLES.length] ?? '')
  if (index % 4 === 0) phone.sendPhoto(samplePng(40, 30), { caption: 'it looks like this' })
  if (!(await pressed(simulator, phone, 'Send'))) return false
  if (index % 3 === 0) phone.write('Is anybody coming?')
  return pressed(simulator, phone, 'Fixed')
}

/** Presses the newest button of this name, as soon as there is one. */
async function pressed(simulator: Simulator, phone: Person, button: string): Promise<boolean> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const shown = offers(phone, button).at(-1)
    if (shown !== undefined) {
      await phone.press(shown, { text: button })
      return true
    }
    if (Date.now() > until) return false
    await nextChange(simulator, phone.profile.id)
  }
}

/** Waits until the bot has said so much, but not for ever. */
async function said(simulator: Simulator, phone: Person, count: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  const heard = () => phone.messages().filter(({ from }) => from === 'bot').length
  while (heard() < count && Date.now() < until) await nextChange(simulator, phone.profile.id)
}

function offers(phone: Person, button: string): number[] {
  return phone
    .messages()
    .filter(({ buttons }) => buttons.flat().some(({ text }) => text === button))
    .map(({ messageId }) => messageId)
}

function nextChange(simulator: Simulator, chatId: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, 1000)
    const stop = simulator.onChange((changed) => {
      if (changed === chatId) done()
    })
  })
}

/** One technician: takes, starts and ends every job there is. */
function work(simulator: Simulator, phone: Person): () => void {
  const isPressed = new Set<string>()
  const press = () => {
    for (const button of ['Take', 'Start', 'Done'])
      for (const messageId of offers(phone, button)) {
        const key = `${String(messageId)} ${button}`
        if (isPressed.has(key)) continue
        isPressed.add(key)
        phone.press(messageId, { text: button }).catch(fail)
      }
  }
  const id = phone.profile.id
  return simulator.onChange((changed) => {
    if (changed === id) setImmediate(press)
  })
}

function newPerson(simulator: Simulator, id: number, name: string): Person {
  return simulator.people.addPerson({ id, first_name: name, language_code: 'en' })
}

function fail(error: unknown): void {
  console.error(error)
  process.exit(1)
}

openStreet().catch(fail)
