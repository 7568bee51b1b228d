import { IconPinned, IconPinnedFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BackupSummary } from '../../../shared/model/backups'
import { client } from '../../lib/client'
import { useLanguage } from '../../lib/texts'
import { Button, IconButton } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './backups.module.css'
import { sizeText } from './size-text'
import { useBackupAction, useBackupList, useWhen } from './use-backups'

type Choose = (backup: BackupSummary) => void

/** Every backup, newest first. */
export function BackupList({ onChoose }: { onChoose: Choose }) {
  const { t } = useTranslation('backups')
  const list = useBackupList()
  const pin = useBackupAction(client.backups.pin)
  const backups = list.data ?? []
  return (
    <div className={classes.stack}>
      <p className={classes.means}>
        {t(list.isSuccess && backups.length === 0 ? 'list.empty' : 'list.text')}
      </p>
      <RefusalNote error={list.error ?? pin.error} />
      {backups.length === 0 ? null : (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={t('list.title')}>
            <thead>
              <tr>
                <th scope="col">{t('list.made')}</th>
                <th scope="col">{t('list.why')}</th>
                <th scope="col" className={classes.number}>
                  {t('list.requests')}
                </th>
                <th scope="col" className={classes.number}>
                  {t('list.size')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {backups.map((backup) => (
                <Row
                  key={`${backup.place} ${backup.id}`}
                  backup={backup}
                  onChoose={onChoose}
                  onPin={() => {
                    pin.mutate({ id: backup.id, pinned: !backup.pinned })
                  }}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

type RowProps = { readonly backup: BackupSummary; readonly onChoose: Choose; readonly onPin: () => void }

function Row({ backup, onChoose, onPin }: RowProps) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const when = useWhen()(backup.madeAt)
  const marks = [
    backup.encrypted ? t('list.locked') : null,
    backup.place === 'second' ? t('list.second') : null,
  ].filter((mark) => mark !== null)
  return (
    <tr>
      <th scope="row">{when}</th>
      <td>
        {t(`reason.${backup.reason}`)}
        {marks.map((mark) => (
          <span key={mark} className={classes.mark}>
            {mark}
          </span>
        ))}
      </td>
      <td className={classes.number}>{backup.requests.toLocaleString(language)}</td>
      <td className={classes.number}>{sizeText(backup.sizeBytes, language)}</td>
      <td className={classes.actions}>
        {backup.place === 'here' ? (
          <IconButton
            label={t(backup.pinned ? 'list.unpinOf' : 'list.pinOf', { when })}
            aria-pressed={backup.pinned}
            onClick={onPin}
          >
            {backup.pinned ? (
              <IconPinnedFilled size={16} aria-hidden />
            ) : (
              <IconPinned size={16} stroke={1.6} aria-hidden />
            )}
          </IconButton>
        ) : null}
        <Button
          size="small"
          aria-label={t('list.chooseOf', { when })}
          onClick={() => {
            onChoose(backup)
          }}
        >
          {t('list.choose')}
        </Button>
      </td>
    </tr>
  )
}
