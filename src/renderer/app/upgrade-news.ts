import type { Bridge } from '../../shared/ipc/contract'

/** Shows how far an upgrade of the data has come, if there is one; gives back how to end that. */
export function watchForUpgrade(bridge: Bridge): () => void {
  let isOver = false
  const stop = bridge.onPush((event) => {
    if (typeof event !== 'object' || event === null || !('type' in event) || event.type !== 'upgrade') return
    // Loaded only now: hardly any start has something to upgrade.
    void import('./upgrade-notice').then(({ showUpgrade }) => {
      if (!isOver) showUpgrade(event)
    })
  })
  return () => {
    isOver = true
    stop()
    document.getElementById('upgrade')?.remove()
  }
}
