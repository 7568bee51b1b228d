import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { addToContext, inContext, presentContext, withContext, withoutContext } from './context'

test('what is bound once is there after every pause, and nowhere else', async () => {
  const seen: unknown[] = []
  const work = (updateId: number) =>
    withContext({ updateId }, async () => {
      await pause(updateId)
      seen.push(presentContext())
      await withContext({ call: 'requests.assign' }, async () => {
        await pause(1)
        seen.push(presentContext())
      })
      seen.push(presentContext())
    })
  await work(3)
  expect([...seen, presentContext()]).toEqual([
    { updateId: 3 },
    { updateId: 3, call: 'requests.assign' },
    { updateId: 3 },
    undefined,
  ])
})

test('what becomes known on the way is there from then on, in this piece of work only', async () => {
  const one = withContext({ updateId: 1 }, async () => {
    await pause(2)
    return presentContext()
  })
  const two = withContext({ updateId: 2 }, async () => {
    addToContext({ requestNumber: '142' })
    await pause(4)
    return presentContext()
  })
  addToContext({ requestNumber: '7' })
  expect([await one, await two, presentContext()]).toEqual([
    { updateId: 1 },
    { updateId: 2, requestNumber: '142' },
    undefined,
  ])
})

test('what was woken goes on without the context of whoever woke it', async () => {
  const woken = await withContext({ call: 'bot.connect' }, () =>
    withoutContext(async () => {
      await pause(1)
      return presentContext()
    }),
  )
  expect([woken, inContext({ updateId: 4 }, presentContext)]).toEqual([undefined, { updateId: 4 }])
})
