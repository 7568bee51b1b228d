import { useTranslation } from 'react-i18next'
import type { AttentionItem } from '../../../shared/model/bot-state'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { NothingHere, Screen } from '../../ui/screen/screen'
import { FailedSend } from './failed-send'
import { OldBackup } from './old-backup'
import { UnreadMessage } from './unread-message'
import classes from './attention.module.css'
import { useAttention } from './use-attention'

/** What the program could not do by itself, each with what it means and what can be done. */
export function AttentionScreen() {
  const { t } = useTranslation('attention')
  const attention = useAttention()
  const items = attention.data ?? []
  return (
    <Screen label={t('title')}>
      <RefusalNote error={attention.error} />
      {items.length > 0 ? (
        <ul className={classes.list} aria-label={t('title')}>
          {items.map((item) => (
            <li key={keyOf(item)} className={classes.item}>
              <Item item={item} />
            </li>
          ))}
        </ul>
      ) : null}
      {attention.isSuccess && items.length === 0 ? (
        <NothingHere title={t('none.title')} text={t('none.text')} />
      ) : null}
    </Screen>
  )
}

function Item({ item }: { item: AttentionItem }) {
  switch (item.kind) {
    case 'update':
      return <UnreadMessage item={item} />
    case 'message':
      return <FailedSend item={item} />
    case 'backup':
      return <OldBackup at={item.at} />
  }
}

function keyOf(item: AttentionItem): string {
  switch (item.kind) {
    case 'update':
      return `update ${item.id}`
    case 'message':
      return `message ${String(item.outboxId)}`
    case 'backup':
      return 'backup'
  }
}
