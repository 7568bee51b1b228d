import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { exactTime, happenedAt } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './attention.module.css'
import { type Answer, useAnswer } from './use-attention'

type Choice = { readonly label: string; readonly answer: Answer }
type Props = {
  readonly icon: Icon
  readonly tone: 'urgent' | 'warn'
  readonly title: string
  /** Null when it has no moment. */
  readonly at: number | null
  readonly children: ReactNode
  /** The way on, and the way to leave it. */
  readonly choices: readonly [onward: Choice | null, away: Choice | null]
}

/** One item: mark, what happened, why, when, and at most two ways on. */
export function AttentionRow({ icon: Mark, tone, title, at, children, choices }: Props) {
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const answer = useAnswer()
  const [onward, away] = choices
  const choose = (choice: Choice) => () => {
    answer.mutate(choice.answer)
  }
  return (
    <article className={classes.row} data-tone={tone} aria-label={title}>
      <Mark size={16} stroke={1.6} aria-hidden />
      <div className={classes.words}>
        <h2>{title}</h2>
        {children}
        <RefusalNote error={answer.error} />
      </div>
      {at === null ? (
        <span />
      ) : (
        <time dateTime={new Date(at).toISOString()} title={exactTime(at, language)}>
          {happenedAt(at, now, language, desk)}
        </time>
      )}
      <div className={classes.buttons}>
        {away ? (
          <Button kind="ghost" disabled={answer.isPending} onClick={choose(away)}>
            {away.label}
          </Button>
        ) : null}
        {onward ? (
          <Button disabled={answer.isPending} onClick={choose(onward)}>
            {onward.label}
          </Button>
        ) : null}
      </div>
    </article>
  )
}
