import type { ReactNode } from 'react'
import classes from './screen.module.css'

/** A whole screen: a bar of controls that stays, and what it controls underneath. */
export function Screen({ label, bar, children }: { label: string; bar?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.screen} aria-label={label}>
      {bar ? <div className={classes.bar}>{bar}</div> : null}
      {children}
    </section>
  )
}

/** Room that pushes what follows to the end of the bar. */
export function BarSpace() {
  return <span className={classes.space} />
}

/** What a screen says when it has nothing to show: a fact, and the next useful step. */
export function NothingHere({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children?: ReactNode
}) {
  return (
    <div className={classes.nothing}>
      <h2>{title}</h2>
      <p>{text}</p>
      {children ? <div className={classes.next}>{children}</div> : null}
    </div>
  )
}
