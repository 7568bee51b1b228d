import { contextBridge, ipcRenderer } from 'electron'
import { channels } from '../shared/ipc/channels'
import type { Bridge, Reply } from '../shared/ipc/contract'

const bridge: Bridge = {
  invoke: (path, input) => ipcRenderer.invoke(channels.invoke, path, input) as Promise<Reply>,
  onPush: (listener) => {
    // The event object stays on this side: it would hand the page the sender.
    const relay = (_event: unknown, payload: unknown) => {
      listener(payload)
    }
    ipcRenderer.on(channels.push, relay)
    return () => {
      ipcRenderer.off(channels.push, relay)
    }
  },
}

contextBridge.exposeInMainWorld('dispatcher', bridge)
