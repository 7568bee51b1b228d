import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../lib/texts'
import { startOfDay } from '../../lib/time'
import classes from './ask.module.css'
import type { DialogProps } from './dialog-props'
import { AskForm } from './ask-form'

const LONGEST_REASON = 300
const DAY = 86_400_000
/** Waiting usually ends in the morning of a working day. */
const MORNING_HOUR = 9

const CHOICES = ['none', '1', '3', '7', 'date'] as const
type Choice = (typeof CHOICES)[number]

/** The morning of a day that many days ahead. */
function morningIn(days: number): number {
  return new Date(startOfDay(Date.now()) + days * DAY + DAY / 2).setHours(MORNING_HOUR, 0, 0, 0)
}

function untilOf(choice: Choice, date: string): number | null {
  if (choice === 'none') return null
  if (choice !== 'date') return morningIn(Number(choice))
  const at = new Date(`${date}T0${String(MORNING_HOUR)}:00`).getTime()
  return Number.isNaN(at) ? null : at
}

/** What the request waits for, and until when. */
export function HoldDialog({ asked: { card }, isOpen, onClose, onAnswer, onExited }: DialogProps) {
  const t = useText()
  const [reason, setReason] = useState('')
  const [choice, setChoice] = useState<Choice>('3')
  const [date, setDate] = useState('')
  const until = untilOf(choice, date)
  const words: Readonly<Record<Choice, string>> = {
    none: t('ask.holdOpenEnd'),
    1: t('ask.holdTomorrow'),
    3: t('ask.holdInDays', { count: 3 }),
    7: t('ask.holdInDays', { count: 7 }),
    date: t('ask.holdOnDate'),
  }
  return (
    <AskForm
      title={t('ask.holdTitle', { number: card.number })}
      isOpen={isOpen}
      onClose={onClose}
      onExited={onExited}
      confirm={t('ask.hold')}
      canConfirm={reason.trim() !== '' && (choice !== 'date' || until !== null)}
      onConfirm={() => {
        onAnswer({ kind: 'hold', reason: reason.trim(), until })
      }}
    >
      <TextInput
        data-autofocus
        label={t('ask.holdReason')}
        description={t('ask.holdReasonHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={(event) => {
          setReason(event.currentTarget.value)
        }}
      />
      <div>
        <span className={classes.label} id="hold-until">
          {t('ask.holdUntil')}
        </span>
        <SegmentedControl<Choice>
          fullWidth
          aria-labelledby="hold-until"
          value={choice}
          onChange={setChoice}
          data={CHOICES.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      {choice === 'date' ? (
        <TextInput
          type="date"
          label={t('ask.holdOnDate')}
          min={new Date(Date.now() + DAY).toISOString().slice(0, 10)}
          value={date}
          onChange={(event) => {
            setDate(event.currentTarget.value)
          }}
        />
      ) : null}
    </AskForm>
  )
}
