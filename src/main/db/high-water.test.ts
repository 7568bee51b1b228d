import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from '../testing/world'
import { lackOf, readHighWater } from './high-water'

let world: World
beforeEach(() => {
  world = openWorld()
  world.sqlite.exec('insert into listening (bot_id, epoch, next_offset, last_ok_at) values (7, 1, 50, 1)')
})
afterEach(() => {
  world.close()
})

test('a database lacks nothing of what it holds itself', () => {
  expect(lackOf(world.sqlite, readHighWater(world.sqlite))).toBeNull()
})

test.each([
  ['of a bot that it does not know', { bot: 8, epoch: 0, offset: 1 }, true],
  ['of an earlier offset', { bot: 7, epoch: 1, offset: 49 }, false],
  ['of a later offset', { bot: 7, epoch: 1, offset: 51 }, true],
  ['of a higher offset in an older numbering', { bot: 7, epoch: 0, offset: 900 }, false],
  ['of a newer numbering', { bot: 7, epoch: 2, offset: 1 }, true],
])('a mark %s is judged by numbering first', (_name, bot, differs) => {
  const known = { ...readHighWater(world.sqlite), bots: [bot] }
  expect(lackOf(world.sqlite, known)).toEqual(differs ? { changes: 0, differs: true } : null)
})

test('changes that are gone are counted, and one in the place of another is noticed', () => {
  const { devices, ...rest } = readHighWater(world.sqlite)
  const ahead = devices.map((mark) => ({ ...mark, seq: mark.seq + 3 }))
  const other = devices.map((mark) => ({ ...mark, hlc: 'another' }))
  expect([
    lackOf(world.sqlite, { ...rest, devices: ahead }),
    lackOf(world.sqlite, { ...rest, devices: other }),
    lackOf(world.sqlite, { ...rest, devices, outbox: rest.outbox + 1 }),
  ]).toEqual([
    { changes: 3 * devices.length, differs: false },
    { changes: 0, differs: true },
    { changes: 0, differs: true },
  ])
})
