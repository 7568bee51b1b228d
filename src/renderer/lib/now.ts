import { useSyncExternalStore } from 'react'
import { createSignal } from './store'

const MINUTE = 60_000
/** A tick this late means that the computer slept. */
const SLEPT = 2 * MINUTE

const ticked = createSignal()
const woke = createSignal()
let now = Date.now()
let timer: ReturnType<typeof setTimeout> | null = null
let watchers = 0

function tick(): void {
  const before = now
  now = Date.now()
  schedule()
  ticked.emit()
  if (now - before > SLEPT) woke.emit()
}

function schedule(): void {
  // On the minute, so that all clocks of the window step together.
  timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE) + 5)
}

function subscribe(listener: () => void): () => void {
  watchers += 1
  if (timer === null) {
    now = Date.now()
    schedule()
  }
  const leave = ticked.subscribe(listener)
  return () => {
    leave()
    watchers -= 1
    if (watchers === 0 && timer !== null) {
      clearTimeout(timer)
      timer = null
    }
  }
}

/** The time of the last full minute tick, the same for everything in the window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

/** Calls back when the computer has slept and is awake again. */
export function onWake(listener: () => void): () => void {
  const stopTicking = subscribe(() => undefined)
  const leave = woke.subscribe(listener)
  return () => {
    leave()
    stopTicking()
  }
}

/** The time of the last tick, for code outside components. */
export function currentMinute(): number {
  return now
}
