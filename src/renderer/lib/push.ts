import type { Bridge } from '../../shared/ipc/contract'

type Listener = (event: unknown) => void

/** Pushes from the main process, kept from the first moment on until somebody can read them. */
export type PushInbox = { readonly attach: (listener: Listener) => () => void }

/** Starts to keep pushes, so that none is lost while the window is still loading. */
export function openPushInbox(bridge: Bridge): PushInbox {
  const waiting: unknown[] = []
  let listener: Listener | null = null
  bridge.onPush((event) => {
    if (listener) listener(event)
    else waiting.push(event)
  })
  return {
    attach: (next) => {
      listener = next
      for (const event of waiting.splice(0)) next(event)
      return () => {
        if (listener === next) listener = null
      }
    },
  }
}
