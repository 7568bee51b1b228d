import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

/** One setting: its name at the left, what can be done at the right. */
export function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={classes.body}>{children}</div>
    </section>
  )
}
