import type { Bridge } from '../shared/ipc/contract'

declare global {
  interface Window {
    readonly dispatcher: Bridge
  }
}
