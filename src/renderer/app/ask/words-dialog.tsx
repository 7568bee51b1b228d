import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LONGEST_TEXT } from '../../../shared/ipc/contract'
import type { RequestDetails } from '../../../shared/model/request'
import { keys } from '../../lib/query'
import { useText } from '../../lib/texts'
import type { DialogProps } from './dialog-props'
import { AskForm } from './ask-form'

const LONGEST_REASON = 1000

/** What was done, or why nothing will be. */
export function WordsDialog({
  asked: { card },
  question,
  isOpen,
  onClose,
  onAnswer,
  onExited,
}: DialogProps & { readonly question: 'resolve' | 'decline' }) {
  const t = useText()
  const [words, setWords] = useState('')
  const reader = useReader(card.id)
  const isResolve = question === 'resolve'
  const hint = isResolve
    ? reader === null
      ? t('ask.resolveHintDesk')
      : t('ask.resolveHint', { name: reader })
    : reader === null
      ? t('ask.declineHintDesk')
      : t('ask.declineHint', { name: reader })
  return (
    <AskForm
      title={t(isResolve ? 'ask.resolveTitle' : 'ask.declineTitle', { number: card.number })}
      isOpen={isOpen}
      onClose={onClose}
      onExited={onExited}
      confirm={t(isResolve ? 'ask.resolve' : 'ask.decline')}
      canConfirm={isResolve || words.trim() !== ''}
      onConfirm={() => {
        const text = words.trim()
        onAnswer(isResolve ? { kind: 'resolve', note: text } : { kind: 'decline', reason: text })
      }}
    >
      <Textarea
        data-autofocus
        label={t(isResolve ? 'ask.resolveNote' : 'ask.declineReason')}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description']}
        rows={3}
        maxLength={isResolve ? LONGEST_TEXT : LONGEST_REASON}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
        }}
      />
    </AskForm>
  )
}

/** The resident who will read the words, when the request was opened and they can be reached. */
function useReader(id: DialogProps['asked']['card']['id']): string | null {
  const details = useQueryClient().getQueryData<RequestDetails>(keys.details(id))
  return details?.reporter.reachable ? details.reporter.person.name : null
}
