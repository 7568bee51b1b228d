import { createSignal } from './store'

/** What happened, why or what follows, and one button that undoes or repairs. */
export type Toast = {
  readonly tone: 'done' | 'problem'
  readonly title: string
  readonly text?: string
  readonly action?: { readonly label: string; readonly keyCap?: string; readonly run: () => void }
  /** How long it stays; without it a success leaves after 6 s and a problem stays. */
  readonly forMs?: number
}

const added = createSignal()
let waiting: readonly Toast[] = []

/** Shows a toast. */
export function showToast(toast: Toast): void {
  waiting = [...waiting, toast]
  added.emit()
}

/** For the view: takes what waits, now and whenever something is added. */
export function takeToasts(view: (toast: Toast) => void): () => void {
  const take = () => {
    const taken = waiting
    waiting = []
    taken.forEach(view)
  }
  take()
  return added.subscribe(take)
}
