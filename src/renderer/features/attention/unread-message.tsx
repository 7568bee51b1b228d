import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttentionItem } from '../../../shared/model/bot-state'
import { AttentionRow } from './attention-row'
import classes from './attention.module.css'

/** A message that came in but could not be handled. */
export function UnreadMessage({ item }: { item: Extract<AttentionItem, { kind: 'update' }> }) {
  const { t } = useTranslation('attention')
  return (
    <AttentionRow
      icon={IconAlertTriangle}
      tone="urgent"
      title={item.from === '' ? t('update.titleNobody') : t('update.title', { name: item.from })}
      at={item.at}
      choices={[
        { label: t('update.retry'), answer: { kind: 'retryUpdate', id: item.id } },
        { label: t('update.dismiss'), answer: { kind: 'dismissUpdate', id: item.id } },
      ]}
    >
      {item.text === '' ? null : <blockquote className={classes.quote}>{item.text}</blockquote>}
      <p>{t('update.means')}</p>
      <p className={classes.error}>{item.error}</p>
    </AttentionRow>
  )
}
