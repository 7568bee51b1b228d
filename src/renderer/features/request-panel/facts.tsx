import type { ReactNode } from 'react'
import type { RequestDetails } from '../../../shared/model/request'
import { readDue } from '../../lib/due'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { exactTime, happenedAt, promised } from '../../lib/time'
import { Avatar, NobodyAvatar } from '../../ui/avatar/avatar'
import { DueChip } from '../../ui/due-chip/due-chip'
import { PriorityMark } from '../../ui/marks/priority-mark'
import classes from './panel.module.css'

/** The facts of a request, one line each; lines without content are not drawn. */
export function Facts({ details }: { details: RequestDetails }) {
  const t = useText()
  const { card, urgency, endedReason } = details
  return (
    <dl className={classes.facts}>
      <Fact name={t('panel.priority')}>
        <PriorityMark priority={card.priority} />
        <span>{t(`priority.${card.priority}`)}</span>
        {urgency === null ? null : <span className={classes.aside}>· {t(`urgency.${urgency}`)}</span>}
      </Fact>
      <DueFact details={details} />
      {card.status === 'ON_HOLD' && card.holdReason !== null ? (
        <Fact name={t('panel.hold')}>
          <span className={classes.wraps}>{card.holdReason}</span>
        </Fact>
      ) : null}
      <Assignee details={details} />
      <Fact name={t('panel.place')}>
        {card.place === '' ? (
          <span className={classes.aside}>{t('panel.noPlace')}</span>
        ) : (
          <span className={classes.wraps}>{card.place}</span>
        )}
      </Fact>
      <Reporter details={details} />
      {endedReason === null || endedReason === '' ? null : (
        <Fact name={t('panel.ended')}>
          <span className={classes.wraps}>{endedReason}</span>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function DueFact({ details: { card } }: { details: RequestDetails }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  const due = readDue(card, now, language, t)
  if (due === null) return null
  const isChip = due.tone === 'late' || due.tone === 'soon'
  const when = isChip && card.dueAt !== null ? promised(card.dueAt, now, language, t) : null
  return (
    <Fact name={t('panel.due')}>
      <DueChip due={due} />
      {when === null ? null : <span className={classes.aside}>{when}</span>}
    </Fact>
  )
}

function Assignee({ details: { card } }: { details: RequestDetails }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  if (!card.assignee) {
    return (
      <Fact name={t('panel.assignee')}>
        <NobodyAvatar />
        <span className={classes.aside}>{t('panel.nobody')}</span>
      </Fact>
    )
  }
  const { id, name } = card.assignee
  const taken = card.takenAt
  return (
    <Fact name={t('panel.assignee')}>
      <Avatar id={id} name={name} />
      <span>{name}</span>
      {taken !== null ? (
        <span className={classes.aside} title={exactTime(taken, language)}>
          {t('panel.took', { when: happenedAt(taken, now, language, t) })}
        </span>
      ) : null}
      {taken === null && card.status === 'ASSIGNED' ? (
        <span className={classes.aside}>{t('panel.notTaken')}</span>
      ) : null}
    </Fact>
  )
}

function Reporter({ details: { reporter, source } }: { details: RequestDetails }) {
  const t = useText()
  const { person, language, reachable } = reporter
  const via =
    source === 'desk' ? t('panel.viaDesk') : t('panel.viaTelegram', { language: t(`language.${language}`) })
  return (
    <Fact name={t('panel.reporter')}>
      <Avatar id={person.id} name={person.name} />
      <span>{person.name}</span>
      <span className={classes.aside}>{reachable || source === 'desk' ? via : t('panel.unreachable')}</span>
    </Fact>
  )
}
