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

/** A toast on its way to the view, which says how to take it away again. */
export type ShownToast = Toast & { readonly id: string }

/** What draws the toasts. */
export type ToastView = {
  readonly show: (toast: ShownToast) => void
  readonly hide: (id: string) => void
}

const added = createSignal()
let waiting: readonly ShownToast[] = []
let view: ToastView | null = null

/** Shows a toast; gives back the way to take it away. */
export function showToast(toast: Toast): () => void {
  const id = crypto.randomUUID()
  waiting = [...waiting, { ...toast, id }]
  added.emit()
  return () => {
    waiting = waiting.filter((other) => other.id !== id)
    view?.hide(id)
  }
}

/** For the view: takes what waits, now and whenever something is added. */
export function drawToasts(by: ToastView): () => void {
  const take = () => {
    const taken = waiting
    waiting = []
    taken.forEach(by.show)
  }
  view = by
  take()
  const leave = added.subscribe(take)
  return () => {
    leave()
    view = null
  }
}
