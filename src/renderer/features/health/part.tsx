import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartState } from './part-states'
import classes from './health.module.css'

type Props = {
  readonly title: string
  readonly state: PartState
  /** The state in words of its own; the usual word when left out. */
  readonly words?: string
  readonly facts: readonly (readonly [name: string, value: string | null])[]
  readonly children?: ReactNode
}

/** One part of the program: its state, its figures now, and its chart. */
export function Part({ title, state, words, facts, children }: Props) {
  const { t } = useTranslation('health')
  return (
    <article className={classes.part} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className={classes.state} data-state={state}>
          {words ?? t(`state.${state}`)}
        </span>
      </header>
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className={classes.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {children}
    </article>
  )
}
