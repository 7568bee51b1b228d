import { IconArchive } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AttentionRow } from './attention-row'

/** The newest backup is too old; it can be made right here. */
export function OldBackup({ at }: { at: number | null }) {
  const { t } = useTranslation('attention')
  return (
    <AttentionRow
      icon={IconArchive}
      tone="warn"
      title={t(at === null ? 'backup.titleNone' : 'backup.title')}
      at={at}
      choices={[{ label: t('backup.now'), answer: { kind: 'backUp' } }, null]}
    >
      <p>{t('backup.means')}</p>
    </AttentionRow>
  )
}
