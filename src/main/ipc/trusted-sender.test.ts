import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { isTrustedSender, trustedWindows, trustWindow } from './trusted-sender'

class FakeContents extends EventEmitter {
  mainFrame: { origin: string } = { origin: 'app://main' }
  destroyed = false
  isDestroyed(): boolean {
    return this.destroyed
  }
}

// The three members above are all that is used of a window.
const asContents = (fake: FakeContents) => fake as unknown as WebContents
const call = (sender: FakeContents, senderFrame: { origin: string } | null) =>
  isTrustedSender({
    sender: asContents(sender),
    senderFrame: senderFrame as WebFrameMain | null,
  } as IpcMainInvokeEvent)

test('only the main frame of our window, showing our page, is trusted', () => {
  const window = new FakeContents()
  const stranger = new FakeContents()
  const frame = window.mainFrame
  const before = call(window, frame)
  trustWindow(asContents(window), 'app://main')
  const trusted = call(window, frame)
  const others = [
    call(window, { origin: 'app://main' }),
    call(window, null),
    call(stranger, stranger.mainFrame),
    call(stranger, frame),
  ]
  frame.origin = 'https://example.org'
  const navigated = call(window, frame)
  frame.origin = 'app://main'
  window.emit('destroyed')
  expect({ before, trusted, others, navigated, destroyed: call(window, frame) }).toEqual({
    before: false,
    trusted: true,
    others: [false, false, false, false],
    navigated: false,
    destroyed: false,
  })
})

test('only windows that are there and show our page are told something', () => {
  const [good, gone, elsewhere] = [new FakeContents(), new FakeContents(), new FakeContents()]
  for (const window of [good, gone, elsewhere]) trustWindow(asContents(window), 'app://main')
  gone.destroyed = true
  elsewhere.mainFrame = { origin: 'null' }
  expect(trustedWindows()).toEqual([good])
})

test('a window whose process has crashed is told nothing, and the others are', () => {
  class Crashed extends FakeContents {
    get frame(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    }
  }
  const [good, crashed] = [new FakeContents(), new Crashed()]
  Object.defineProperty(crashed, 'mainFrame', { get: () => crashed.frame })
  for (const window of [crashed, good]) trustWindow(asContents(window), 'app://crash')
  good.mainFrame = { origin: 'app://crash' }
  expect(
    trustedWindows().filter((window) => window === asContents(good) || window === asContents(crashed)),
  ).toEqual([good])
})
