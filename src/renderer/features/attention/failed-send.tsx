import { IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttentionItem } from '../../../shared/model/bot-state'
import { AttentionRow } from './attention-row'
import classes from './attention.module.css'

const MARK = { unknown: IconInfoCircle, failed: IconAlertTriangle, blocked: IconBan } as const

/** A message that did not go out, or of which nobody knows whether it did. */
export function FailedSend({ item }: { item: Extract<AttentionItem, { kind: 'message' }> }) {
  const { t } = useTranslation('attention')
  const { state, outboxId, to, requestNumber } = item
  // Held when the data were restored or rescued: nothing went wrong with it.
  const about = item.fromBackup ? 'held' : state
  return (
    <AttentionRow
      icon={MARK[state]}
      tone={state === 'unknown' ? 'warn' : 'urgent'}
      title={t(`message.${about}.title`, { name: to })}
      at={item.at}
      choices={[
        { label: t('message.sendAgain'), answer: { kind: 'sendAgain', outboxId } },
        { label: t('message.leaveIt'), answer: { kind: 'leaveIt', outboxId } },
      ]}
    >
      <p>{t(`message.${about}.means`, { name: to })}</p>
      {requestNumber === null ? null : <p>{t('message.about', { number: requestNumber })}</p>}
      {item.error === '' || item.fromBackup ? null : <p className={classes.error}>{item.error}</p>}
    </AttentionRow>
  )
}
