import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTrouble } from '../db/outbox'
import { readSetting } from '../db/settings'
import { startSimulator } from '../practice/simulator/start-simulator'
import { createRedactor } from '../telemetry/redact'
import type { Office } from '../testing/office'
import { addPlaces, joined, newestRequest, personNamed, talker, testOffice } from './dialogue-fixture'

async function until(done: () => boolean, ms = 6000): Promise<void> {
  const deadline = Date.now() + ms
  while (!done()) {
    if (Date.now() > deadline) throw new Error('in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** A request that somebody works on. */
async function withJob() {
  const made = await withRequest()
  await joined(made.office, 502, 'Marek Novak')
  made.office.dispatching.assign(made.id, personNamed(made.office, 'Marek Novak'))
  await made.office.settled()
  return made
}

async function withRequest(options: Parameters<typeof testOffice>[0] = {}) {
  const office = await testOffice(options)
  const { unitCode } = addPlaces(office, 1)
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start(`u_${unitCode}`)
  await anna.say('The lift is stuck')
  await anna.tap('Send')
  return { office, anna, id: newestRequest(office) }
}

function outbox(office: Office, kind: string): unknown[] {
  return office.database.sqlite
    .prepare('select state, attempts from outbox where kind = ? order by id')
    .raw()
    .all(kind)
}

function unreachable(office: Office): unknown {
  return office.database.sqlite
    .prepare('select blocked_at is not null from users where telegram_id = 501')
    .pluck()
    .get()
}

test('it says what it is doing, who the bot is, and what commands there are', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova', 'ru')
  await anna.start()
  await until(() => anna.phone.commands().length > 0)
  await office.engine.stop()

  expect(office.states.map(({ kind }) => kind)).toEqual(['starting', 'receiving', 'receiving', 'no-token'])
  expect(office.states[2]).toMatchObject({ name: 'Facility Dispatcher', username: 'facility_practice_bot' })
  expect(anna.phone.commands().map(({ command, description }) => [command, description])).toEqual([
    ['new', 'Новая заявка'],
    ['my', 'Мои заявки'],
    ['jobs', 'Заявки в работе'],
    ['help', 'Как это работает'],
  ])
})

test('a bot that cannot be introduced receives all the same', async () => {
  const simulator = await startSimulator()
  simulator.faults.always('getMe', { kind: 'status', status: 500 })
  const office = await testOffice({ simulator })
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start()

  expect(office.engine.state()).toMatchObject({ kind: 'receiving', name: '' })
  await office.close()
  await simulator.stop()
})

test('a refused token stops every call; with a new one it goes on where it was, and nothing is lost', async () => {
  const { office, anna, id } = await withJob()
  const { simulator, engine } = office
  simulator.revokeToken()
  office.dispatching.hold(id, 'parts', null)
  await until(() => engine.state().kind === 'token-refused')
  await pause(100)
  const calls = simulator.ledger.length
  office.commenting.fromDesk(id, 'Still waiting', 'public')
  engine.retryNow()
  await pause(100)
  const again = simulator.ledger.slice(calls).map(({ errorCode }) => errorCode)
  const between = simulator.ledger.length
  await pause(150)
  const silence = simulator.ledger.length - between
  const fresh = simulator.issueToken()
  anna.phone.write('Hello?')
  await engine.start(fresh)
  await office.settled()

  // Trying again is a whole try, which is refused as well; then there is silence.
  expect(again.length).toBeGreaterThan(0)
  expect(new Set(again)).toEqual(new Set([401]))
  expect(silence).toBe(0)
  expect(anna.read()).toContain('No. 1 is waiting: parts')
  expect(anna.read()).toContain('Still waiting')
  expect(anna.find('New request').text).toContain('Hello?')
})

test('a refusal that a send meets first stops the receiving too', async () => {
  const { office, id } = await withJob()
  const body = { ok: false, error_code: 401, description: 'Unauthorized' }
  office.simulator.faults.always('sendMessage', { kind: 'status', status: 401, body })
  office.dispatching.hold(id, 'parts', null)
  await until(() => office.engine.state().kind === 'token-refused')
  await pause(50)
  const calls = office.simulator.ledger.length
  await pause(100)

  expect([office.simulator.ledger.length - calls, outbox(office, 'held')]).toEqual([0, [['pending', 1]]])
})

test('whoever has blocked the bot is marked, shown to the manager, and reached again after writing', async () => {
  const { office, anna, id } = await withJob()
  const body = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }
  office.simulator.faults.once('sendMessage', { kind: 'status', status: 403, body })
  office.dispatching.hold(id, 'parts', null)
  await office.settled()
  const marked = unreachable(office)
  const shown = findTrouble(office.database.read).map(({ state, to, sequence }) => [state, to, sequence])
  await anna.say('/help')
  const cleared = unreachable(office)
  const [trouble] = findTrouble(office.database.read)
  office.attention.sendAgain(trouble?.id ?? 0)
  await office.settled()

  expect({ marked, shown, cleared }).toEqual({
    marked: 1,
    shown: [['blocked', 'Anna Petrova', 1]],
    cleared: 0,
  })
  expect(anna.read()).toContain('No. 1 is waiting: parts')
  expect(findTrouble(office.database.read)).toEqual([])
})

test('a card whose message is gone comes anew, and one that has not changed is left', async () => {
  const { office, anna, id } = await withJob()
  const card = anna.find('No. 1: assigned').messageId
  anna.phone.deleteMessage(card)
  office.dispatching.hold(id, 'parts', null)
  await office.settled()
  const cards = anna.phone.messages().filter(({ text }) => text?.startsWith('No. 1: on hold'))
  office.dispatching.setPriority(id, 'HIGH')
  office.dispatching.setPriority(id, 'MEDIUM')
  await office.settled()

  expect([cards.length, cards[0]?.messageId === card, findTrouble(office.database.read)]).toEqual([
    1,
    false,
    [],
  ])
  expect(
    office.simulator.ledger.some(({ description }) => description?.includes('not modified') === true),
  ).toBe(true)
})

test('a message whose answer was lost is not sent twice on its own, but when somebody says so', async () => {
  const { office, anna, id } = await withJob()
  const count = () => anna.phone.messages().filter(({ text }) => text === 'No. 1 is waiting: parts').length
  office.simulator.faults.once('sendMessage', { kind: 'dropAfter' })
  office.dispatching.hold(id, 'parts', null)
  await office.settled()
  const [trouble] = findTrouble(office.database.read)
  const seen = [count()]
  office.attention.sendAgain(trouble?.id ?? 0)
  await office.settled()
  seen.push(count())

  expect([trouble?.state, seen]).toEqual(['unknown', [1, 2]])
  expect(() => {
    office.attention.leaveIt(trouble?.id ?? 0)
  }).toThrow('not-found')
})

test('a card whose answer was lost comes twice at most, and the later one is kept up to date', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  office.simulator.faults.once('sendMessage', { kind: 'dropAfter' })
  await anna.say('Leak')
  await anna.say('Hall')

  const cards = anna.phone.messages().filter(({ text }) => text?.startsWith('New request') === true)
  expect(cards.map(({ text }) => text?.includes('Place: Hall'))).toEqual([false, true])
})

test('a press on a card of which nobody knows whether it came tells that it did', async () => {
  const office = await testOffice()
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.say('Leak')
  await anna.say('Hall')
  // As after two kills between a call and its note: the card is there, and nobody knows.
  office.database.sqlite.exec(
    "update cards set message_id = null; update outbox set state = 'unknown', message_id = null where kind = 'status'",
  )
  const before = findTrouble(office.database.read).length
  await anna.tap('Send')

  expect([before, findTrouble(office.database.read), anna.botMessages()]).toEqual([expect.any(Number), [], 1])
  expect(before).toBeGreaterThan(0)
  expect(anna.find('No. 1')).toBeDefined()
})

test('messages about what can be undone wait, and are never sent once it is undone', async () => {
  const { office, anna, id } = await withRequest({ undoMs: 250 })
  const marek = await joined(office, 502, 'Marek Novak')
  const technician = personNamed(office, 'Marek Novak')
  const first = office.dispatching.assign(id, technician)
  await pause(60)
  const early = [anna.read().includes('takes care'), marek.read().includes('Job 1')]
  office.dispatching.undo(id, first.undo ?? '')
  await pause(300)
  await office.settled()
  const undone = [anna.read().includes('takes care'), marek.read().includes('Job 1')]
  office.dispatching.assign(id, technician)
  await office.settled()

  expect([early, undone, [anna.read().includes('takes care'), marek.read().includes('Job 1: new')]]).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ])
})

test('what failed while nobody was there goes out as soon as Telegram is reached again', async () => {
  const { office, anna, id } = await withJob()
  office.simulator.faults.always('*', { kind: 'dropBefore' })
  office.engine.retryNow()
  await until(() => office.engine.state().kind === 'offline')
  office.dispatching.setPriority(id, 'URGENT')
  office.dispatching.hold(id, 'parts', null)
  await pause(50)
  office.simulator.faults.clear()
  office.engine.retryNow()
  await until(() => anna.read().includes('*No. 1: on hold*'))
  await until(() => office.engine.state().kind === 'receiving')
  await office.settled()

  // The message itself may have arrived while nobody answered: it is not sent again on its own.
  expect(outbox(office, 'held').flat()[0]).toMatch(/^(?:sent|unknown)$/u)
})

test('a restart keeps the draft, the cards and what waits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'))
  const simulator = await startSimulator()
  const before = await testOffice({ folder, simulator })
  const anna = talker(before, 501, 'Anna Petrova')
  await anna.say('Leak')
  await before.close()
  anna.phone.write('Hall')
  const after = await testOffice({ folder, simulator })
  const same = talker(after, 501, 'Anna Petrova')
  await after.settled()
  await same.tap('Send')

  expect(same.read()).toMatchInlineSnapshot(`
    "> Leak
    < *No. 1: received*
      | Leak
      Place: Hall
      We answer by TIME.
      Reply to this message to add something.
      [Cancel request]
    > Hall"
  `)
  await after.close()
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a silence longer than Telegram keeps messages is noted for the manager', async () => {
  const office = await testOffice()
  await office.settled()
  await office.engine.stop()
  office.database.sqlite.exec(`update listening set last_ok_at = last_ok_at - ${String(30 * 3_600_000)}`)
  await office.engine.start(office.simulator.token)
  await until(() => readSetting(office.database.read, 'gap') !== null)

  const gap = readSetting(office.database.read, 'gap')
  expect(gap && Math.round((gap.to - gap.from) / 3_600_000)).toBe(30)
})

test('starts and stops follow one another, whatever the order they are asked in', async () => {
  const office = await testOffice()
  const { engine, simulator } = office
  await Promise.all([
    engine.start(simulator.token),
    engine.start(simulator.token),
    engine.stop(),
    engine.start(simulator.token),
  ])
  const anna = talker(office, 501, 'Anna Petrova')
  await anna.start()
  await office.settled()

  expect([engine.state().kind, anna.botMessages()]).toEqual(['receiving', 1])
  expect(simulator.ledger.filter(({ errorCode }) => errorCode === 409)).toEqual([])
})

test('no line of the log holds the token or what people wrote, after faults of every kind', async () => {
  const { office, anna, id } = await withJob()
  const secret = office.simulator.token.split(':')[1] ?? ''
  office.simulator.faults.once('sendMessage', {
    kind: 'status',
    status: 400,
    body: { ok: false, error_code: 400, description: 'Bad Request: CANARY' },
  })
  office.simulator.faults.once('getUpdates', { kind: 'malformed', body: '{"ok":true,"result":5}' })
  office.dispatching.hold(id, 'parts', null)
  await office.settled()
  office.simulator.pushUpdate({
    message: {
      message_id: 1,
      date: 1,
      chat: { id: 501, type: 'private' },
      from: { id: 501, is_bot: false, first_name: 'A' },
      text: 'x',
    },
  })
  office.database.sqlite.exec('update dialogues set state = \'{"draft":7}\'')
  anna.phone.write('CANARY in a message that fails')
  await until(() => office.log.lines.some(({ message }) => message === 'An update failed'))

  const redactor = createRedactor()
  redactor.addSecret(office.simulator.token)
  const written = office.log.lines.map(({ fields, message }) => [
    redactor.text(message),
    redactor.fields(fields as Record<string, unknown>),
  ])
  const text = JSON.stringify(written)
  expect(written.length).toBeGreaterThan(2)
  expect([text.includes(secret), text.includes('in a message that fails')]).toEqual([false, false])
  expect(JSON.stringify(office.log.lines)).not.toContain(secret)
})
