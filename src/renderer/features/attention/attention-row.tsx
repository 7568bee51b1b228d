import { Button } from '@mantine/core'
import { type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './attention.module.css'
import { type Answer, useAnswer } from './use-attention'

type Choice = { readonly label: string; readonly answer: Answer }
type Props = {
  readonly icon: Icon
  readonly tone: 'urgent' | 'warn'
  readonly title: string
  readonly at: number
  readonly children: ReactNode
  /** The way on, and the way to leave it. */
  readonly choices: readonly [onward: Choice | null, away: Choice]
}

/** One item: mark, what happened, why, when, and at most two ways on. */
export function AttentionRow({ icon: Mark, tone, title, at, children, choices }: Props) {
  const { i18n } = useTranslation('attention')
  const answer = useAnswer()
  const [onward, away] = choices
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
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
      <time dateTime={new Date(at).toISOString()}>{when.format(at)}</time>
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" disabled={answer.isPending} onClick={choose(away)}>
          {away.label}
        </Button>
        {onward ? (
          <Button variant="default" disabled={answer.isPending} onClick={choose(onward)}>
            {onward.label}
          </Button>
        ) : null}
      </div>
    </article>
  )
}
