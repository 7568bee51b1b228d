import type { ReactNode } from 'react'
import { refusalText } from '../lib/texts'
import { showToast } from '../lib/toasts'
import { Button } from '../ui/button/button'
import { classNames } from '../ui/class-names'
import classes from './banners.module.css'

/** A lasting condition: what it is, what it means, and what to press. */
export type Condition = {
  readonly look: 'red' | 'amber'
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly button: { readonly label: string; readonly press: () => void }
}

/** A condition above the screen. */
export function Banner({ look, icon, title, text, button }: Condition) {
  return (
    <section
      className={classNames(classes.banner, classes[look])}
      role={look === 'red' ? 'alert' : 'status'}
      aria-label={title}
    >
      {icon}
      <div className={classes.words}>
        <b>{title}</b>
        <p>{text}</p>
      </div>
      <Button onClick={button.press}>{button.label}</Button>
    </section>
  )
}

/** Does what a banner's button asks for, and says so when it was refused. */
export function quietly(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    showToast({ tone: 'problem', title: refusalText(error) })
  })
}
