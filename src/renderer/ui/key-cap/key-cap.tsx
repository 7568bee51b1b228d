import { classNames } from '../class-names'
import classes from './key-cap.module.css'

type Props = {
  readonly children: string
  readonly onFill?: boolean
  /** In a button the key is told by `aria-keyshortcuts`; in a list of keys it is the text itself. */
  readonly isHeard?: boolean
}

/** The key that does what stands beside it. */
export function KeyCap({ children, onFill = false, isHeard = false }: Props) {
  return (
    <kbd className={classNames(classes.cap, onFill && classes.onFill)} aria-hidden={!isHeard}>
      {children}
    </kbd>
  )
}
