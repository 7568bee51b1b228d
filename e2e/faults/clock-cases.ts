import { pause, shownState, until } from './child'
import { type Case, onStage, type Stage } from './stage'

// Clocks that jump, a computer that sleeps, and a system that ends.

const YEAR_MS = 365 * 24 * 3_600_000
const RESIDENTS = 6

function clockCase(name: string, rows: string, act: (stage: Stage) => Promise<void>): Case {
  return {
    group: 'clock',
    name,
    rows,
    run: (context) =>
      onStage(context, { residents: RESIDENTS }, async (stage) => {
        await act(stage)
        return undefined
      }),
  }
}

/** The clock jumps in the middle of the work, and jumps back; what is in order by number stays in order. */
function jump(name: string, byMs: number): Case {
  return clockCase(name, '30', async (stage) => {
    const child = stage.start()
    stage.move(2)
    await until('receiving', () => shownState(child.said) === 'receiving')
    await pause(300)
    stage.note(`clock ${byMs}`)
    child.tell('clock', String(byMs))
    stage.move(4)
    await pause(600)
    child.tell('clock', '0')
    stage.move(RESIDENTS)
    await stage.finish()
    expectOrder(stage)
  })
}

/** The journal runs forward whatever the clock does, and the requests are numbered as they came. */
function expectOrder({ scene, expect }: Stage): void {
  const back = scene.query(
    `select seq from (select seq, hlc, lag(hlc) over (partition by device_id order by seq) as before from changes)
     where hlc <= before`,
  )
  expect(back.length === 0, `the journal runs backwards ${back.length} times`)
  const twice = scene.query(
    "select chat_id, kind from outbox where kind in ('assigned', 'closed') group by request_id, kind having count(*) > 1",
  )
  expect(twice.length === 0, `${twice.length} messages are told twice`)
}

const restarted = clockCase('the clock set a year back between two starts', '30', async (stage) => {
  const ahead = stage.start({ clockAheadMs: YEAR_MS })
  stage.move(3)
  await until('requests', () => stage.scene.query('select 1 from inbox').length > 2)
  await pause(500)
  ahead.kill('SIGKILL')
  await ahead.ended
  stage.start()
  stage.move(RESIDENTS)
  await stage.finish()
  expectOrder(stage)
})

const asleep = clockCase('the computer sleeps while messages come', '31', async (stage) => {
  const child = stage.start()
  await until('receiving', () => shownState(child.said) === 'receiving')
  child.kill('SIGSTOP')
  stage.move(RESIDENTS)
  await pause(3_000)
  child.kill('SIGCONT')
  child.tell('retry')
  await stage.finish()
})

const shutDown = clockCase(
  'the system ends while messages come, and gives two seconds',
  '16, 33',
  async (stage) => {
    for (const count of [2, 4, RESIDENTS]) {
      const child = stage.start()
      await child.ready
      stage.move(count)
      await pause(stage.random.below(400))
      child.tell('stop')
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
      stage.note(`${await child.ended} with ${count} residents`)
      clearTimeout(late)
    }
    stage.start()
    await stage.finish()
  },
)

/** Longer than Telegram keeps messages: the gap is noted for the desk. */
const gap = clockCase('nobody listens for longer than a day', '15', async (stage) => {
  const first = stage.start()
  stage.move(2)
  await until('receiving', () => shownState(first.said) === 'receiving')
  first.tell('stop')
  await first.ended
  stage.start({ clockAheadMs: 2 * 24 * 3_600_000 })
  stage.move(RESIDENTS)
  await stage.finish()
  const told = stage.scene.query("select value from settings where key = 'gap'")
  stage.expect(told.length === 1, 'the gap is not noted')
})

/** Telegram may number anew after a quiet week, lower or as before. */
function numberedAnew(name: string, from: (next: number) => number): Case {
  return clockCase(name, '10, 11', async (stage) => {
    const { simulator } = stage.scene
    const child = stage.start()
    stage.move(3)
    await until('messages', () => stage.scene.query("select 1 from inbox where state = 'done'").length > 6)
    await until('all confirmed', () => simulator.pendingUpdates().length === 0)
    child.tell('stop')
    await child.ended
    simulator.restartUpdateIds(from(simulator.snapshot().nextUpdateId))
    stage.start({ clockAheadMs: 8 * 24 * 3_600_000 })
    stage.move(RESIDENTS)
    await stage.finish()
  })
}

/** What was to be tried again in a year, by a clock that was wrong, must not wait for a year. */
function wrongWhileOffline(name: string, isRestarted: boolean): Case {
  return clockCase(name, '30', async (stage) => {
    const { simulator, query } = stage.scene
    for (const method of ['sendMessage', 'file', 'getFile'])
      simulator.faults.always(method, { kind: 'dropBefore' })
    const child = stage.start({ clockAheadMs: YEAR_MS })
    stage.move(RESIDENTS)
    await until('tries', () => query('select 1 from outbox where attempts > 0').length > 3)
    await until('tries of files', () => query('select 1 from downloads where attempts > 0').length > 1)
    if (isRestarted) {
      child.tell('stop')
      await child.ended
      stage.start()
    } else {
      child.tell('clock', '0')
    }
    simulator.faults.clear()
    await stage.finish()
    expectOrder(stage)
  })
}

/** Everything about time. */
export const CLOCK_CASES: readonly Case[] = [
  jump('the clock jumps a year ahead and back', YEAR_MS),
  jump('the clock jumps a year back and ahead', -YEAR_MS),
  jump('the clock jumps an hour, as in spring', 3_600_000),
  restarted,
  wrongWhileOffline('the clock is a year ahead while nothing goes out, and is put right', false),
  wrongWhileOffline('the clock is a year ahead while nothing goes out, and right at the next start', true),
  asleep,
  shutDown,
  gap,
  numberedAnew('the numbering begins lower', () => 1_000),
  numberedAnew('the numbering begins with numbers that were used', (next) => next - 5),
]
