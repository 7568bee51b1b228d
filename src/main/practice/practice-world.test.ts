import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PhoneMessage } from '../../shared/model/practice'
import { Refusal } from '../../shared/model/refusal'
import { store } from '../bot/downloader'
import { type Office, openOffice } from '../testing/office'
import { openPracticeWorld, type PracticeWorld } from './practice-world'
import { samplePicture } from './sample-pictures'
import { seedPractice } from './seed'

let folder: string
let world: PracticeWorld
let office: Office
let problems: unknown[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'))
  problems = []
  await open()
  await seedPractice({
    database: office.database,
    simulator: world.simulator,
    storeFile: (bytes) => store(join(folder, 'files'), bytes),
    now: Date.now,
    language: 'en',
  })
  await office.settled()
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(now: () => number = Date.now): Promise<void> {
  const onProblem = (error: unknown) => problems.push(error)
  world = await openPracticeWorld({ folder, language: 'en', now, onProblem })
  office = await openOffice({ folder, simulator: world.simulator })
}

async function close(): Promise<void> {
  await office.close()
  await world.close()
}

async function idOf(name: string): Promise<number> {
  const people = await world.phone.people()
  return people.find((one) => one.name === name)?.telegramId ?? 0
}

async function messagesOf(name: string): Promise<readonly PhoneMessage[]> {
  return (await world.phone.chat({ telegramId: await idOf(name) })).messages
}

async function buttonOf(name: string, text: string) {
  const telegramId = await idOf(name)
  for (const { messageId, buttons } of (await messagesOf(name)).toReversed()) {
    const button = buttons.find((one) => one.text.includes(text))
    if (button) return { telegramId, messageId, row: button.row, column: button.column }
  }
  throw new Error(`There is no button ${text}`)
}

test('Anna and Marek come first, and their phones show what concerns them', async () => {
  const people = await world.phone.people()
  expect(people.slice(0, 2)).toMatchObject([
    { name: 'Anna Petrova', role: 'user', place: 'Linden Court, flat 34' },
    { name: 'Marek Novak', role: 'technician', place: '' },
  ])
  expect(people.at(-1)).toMatchObject({ name: 'Zoe Bennett', place: '' })
  expect(await messagesOf('Zoe Bennett')).toEqual([])
  const [asked, list] = await messagesOf('Anna Petrova')
  expect([asked?.text, list?.from, list?.buttons.length]).toEqual(['/my', 'bot', 1])
  const jobs = (await messagesOf('Marek Novak'))[1]
  expect(jobs?.buttons.length).toBe(3)
})

test('what Anna writes and photographs becomes a request, and the status card comes back', async () => {
  const telegramId = await idOf('Anna Petrova')
  const heard: number[] = []
  const unlisten = world.phone.onChange((id) => heard.push(id))
  const bytes = samplePicture('radiator-2')
  await world.phone.sendPhoto({ telegramId, bytes, caption: 'The new radiator hisses', replyTo: null })
  await office.settled()
  const pressed = await world.phone.press(await buttonOf('Anna Petrova', 'Send'))
  await office.settled()
  unlisten()

  expect(pressed).toEqual({ notice: 'Sent. It is No. 61.' })
  expect(new Set(heard)).toEqual(new Set([telegramId]))
  expect(
    office.database.sqlite
      .prepare('select title, location, photo_count from requests where sequence = 61')
      .get(),
  ).toEqual({
    title: 'The new radiator hisses',
    location: 'Linden Court, flat 34',
    photo_count: 1,
  })
  const [photo, card] = (await messagesOf('Anna Petrova')).slice(-2)
  expect(photo).toMatchObject({ from: 'person', text: 'The new radiator hisses', replyTo: null, buttons: [] })
  expect(photo?.photo).toMatch(/^app:\/\/practice\/[\w-]+$/u)
  expect(world.phone.fileBytes(photo?.photo?.split('/').at(-1) ?? '')).toEqual(Buffer.from(bytes))
  expect(card?.text).toContain('No. 61')
  expect(card?.entities.length).toBeGreaterThan(0)
  expect(card?.editedAt).not.toBeNull()
})

test('a second press of a button that is used says so', async () => {
  const telegramId = await idOf('Anna Petrova')
  await world.phone.write({ telegramId, text: 'The bell is silent', replyTo: null })
  await office.settled()
  const button = await buttonOf('Anna Petrova', 'Send')
  const [first, second] = await Promise.all([world.phone.press(button), world.phone.press(button)])
  expect(first.notice).toContain('Sent.')
  expect(second.notice).toBe('This button does nothing any more.')
})

test('a job with pictures reaches the technician, and a reply quotes it', async () => {
  const telegramId = await idOf('Marek Novak')
  const opened = await world.phone.press(await buttonOf('Marek Novak', 'Leak under'))
  await office.settled()
  const card = (await messagesOf('Marek Novak')).at(-1)
  await world.phone.write({ telegramId, text: 'Trap is in', replyTo: card?.messageId ?? 0 })
  await office.settled()
  const reply = (await messagesOf('Marek Novak')).at(-1)
  expect(opened).toEqual({ notice: null })
  expect(reply).toMatchObject({ text: 'Trap is in', replyTo: { text: card?.text }, reactions: ['👀'] })
  expect(
    office.database.sqlite.prepare('select comment from comments order by created_at desc').pluck().get(),
  ).toBe('Trap is in')
})

test('the pictures of a sample request are sent on from the disk', async () => {
  const job = office.database.sqlite
    .prepare("select id from requests where title like 'Entrance door%'")
    .pluck()
    .get()
  const piotr = office.database.sqlite.prepare("select id from users where name = 'Piotr Vrba'").pluck().get()
  office.dispatching.assign(job as never, piotr as never)
  await office.settled()
  const pictures = (await messagesOf('Piotr Vrba')).filter(({ photo }) => photo !== null)
  expect(pictures.length).toBe(2)
  expect(
    office.database.sqlite.prepare("select count(*) from outbox where state <> 'sent'").pluck().get(),
  ).toBe(0)
})

test('a restart keeps the chats and their pictures', async () => {
  const telegramId = await idOf('Anna Petrova')
  await world.phone.sendPhoto({ telegramId, bytes: samplePicture('lamp-0'), caption: '', replyTo: null })
  await office.settled()
  const before = await messagesOf('Anna Petrova')
  await close()
  await open()
  const after = await messagesOf('Anna Petrova')
  expect(after).toEqual(before)
  const photo = after.find((message) => message.photo !== null)?.photo ?? ''
  expect(world.phone.fileBytes(photo.split('/').at(-1) ?? '')).toEqual(Buffer.from(samplePicture('lamp-0')))
  await world.phone.write({ telegramId, text: 'It flickers', replyTo: null })
  await office.settled()
  expect((await messagesOf('Anna Petrova')).length).toBeGreaterThan(before.length)
  expect(problems).toEqual([])
})

test('torn chats are begun anew, and new requests still arrive', async () => {
  await close()
  writeFileSync(join(folder, 'telegram.json'), '{"version":1,"chats":[')
  await open(() => Date.now() + 60_000)
  expect(problems.length).toBe(1)
  const telegramId = await idOf('Anna Petrova')
  expect(await messagesOf('Anna Petrova')).toEqual([])
  await world.phone.write({ telegramId, text: 'The bell is silent', replyTo: null })
  await office.settled()
  await world.phone.press(await buttonOf('Anna Petrova', 'Send'))
  expect(office.database.sqlite.prepare('select count(*) from requests').pluck().get()).toBe(61)
})

test('a scanned code begins a request at its place', async () => {
  const telegramId = await idOf('Zoe Bennett')
  const code = office.database.sqlite
    .prepare("select link_code from units where name = 'flat 63'")
    .pluck()
    .get()
  await world.phone.openStartLink({ telegramId, parameter: `u_${String(code)}` })
  await office.settled()
  expect((await messagesOf('Zoe Bennett')).at(-1)?.text).toContain('Linden Court, flat 63')
})

test('people, messages and buttons that are not there are refused', async () => {
  const telegramId = await idOf('Anna Petrova')
  const { phone } = world
  const attempts = [
    () => phone.chat({ telegramId: 1 }),
    () => phone.write({ telegramId: 1, text: 'x', replyTo: null }),
    () => phone.write({ telegramId, text: 'x', replyTo: 1 }),
    () => phone.press({ telegramId, messageId: 1, row: 0, column: 0 }),
    () => phone.write({ telegramId, text: ' ', replyTo: null }),
    () => phone.openStartLink({ telegramId, parameter: 'a b' }),
  ]
  const codes = await Promise.all(
    attempts.map(async (attempt) => {
      try {
        await attempt()
        return 'done'
      } catch (error) {
        return error instanceof Refusal ? error.code : 'another error'
      }
    }),
  )
  expect(codes).toEqual(['not-found', 'not-found', 'not-found', 'not-found', 'text-missing', 'bad-request'])
})
