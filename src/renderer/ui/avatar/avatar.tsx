import { classNames } from '../class-names'
import { colourOf, initials } from './initials'
import classes from './avatar.module.css'

const COLOURS = [classes.c0, classes.c1, classes.c2, classes.c3, classes.c4, classes.c5]

/** A person as a round mark with initials; the name always stands beside it. */
export function Avatar({ id, name }: { id: string; name: string }) {
  return (
    <span className={classNames(classes.avatar, COLOURS[colourOf(id)])} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** The dashed place where nobody stands yet. */
export function NobodyAvatar() {
  return <span className={classNames(classes.avatar, classes.none)} aria-hidden="true" />
}
