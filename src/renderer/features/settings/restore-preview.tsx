import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupPreview, BackupSummary, Holds } from '../../../shared/model/backups'
import { client } from '../../lib/client'
import { restoring } from '../../lib/restore'
import { useLanguage } from '../../lib/texts'
import { Button } from '../../ui/button/button'
import { PassphraseField } from '../../ui/passphrase-field/passphrase-field'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './backups.module.css'
import { useBackupPreview, useWhen } from './use-backups'

/** What a backup holds against what is here now, and the last click. */
export function RestorePreview({ backup, onBack }: { backup: BackupSummary; onBack: () => void }) {
  const { t } = useTranslation('backups')
  const preview = useBackupPreview(backup.id)
  const [passphrase, setPassphrase] = useState('')
  const restore = useMutation({
    mutationFn: (given: string | null) => client.backups.restore({ id: backup.id, passphrase: given }),
    onSuccess: () => {
      restoring.set({ kind: 'going', progress: { step: 'checking', part: 0 } })
    },
  })
  const seen = preview.data
  const needs = seen?.needsPassphrase === true
  const canRestore = seen !== undefined && !seen.tooNew && (!needs || passphrase !== '')
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault()
        if (canRestore && !restore.isPending) restore.mutate(needs ? passphrase : null)
      }}
    >
      {seen ? <Comparison seen={seen} /> : null}
      {needs ? (
        <PassphraseField label={t('preview.passphrase')} value={passphrase} onChange={setPassphrase} />
      ) : null}
      <RefusalNote error={preview.error ?? restore.error} />
      <div className={classes.end}>
        <Button onClick={onBack}>{t('preview.back')}</Button>
        <Button kind="primary" submit disabled={!canRestore || restore.isPending}>
          {t('preview.restore')}
        </Button>
      </div>
    </form>
  )
}

function Comparison({ seen: { then, now, tooNew } }: { seen: BackupPreview }) {
  const { t } = useTranslation('backups')
  return (
    <>
      <table className={classes.table} aria-label={t('list.title')}>
        <thead>
          <tr>
            <td />
            <th scope="col" className={classes.number}>
              {t('preview.then')}
            </th>
            <th scope="col" className={classes.number}>
              {t('preview.now')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(['requests', 'people', 'comments', 'files'] as const).map((what) => (
            <Line key={what} what={what} then={then} now={now} />
          ))}
          <Newest then={then} now={now} />
        </tbody>
      </table>
      <p className={classes.means}>
        <Lost then={then} now={now} />
      </p>
      <p className={classes.means}>{t('preview.means')}</p>
      {tooNew ? <p className={classes.bad}>{t('preview.tooNew')}</p> : null}
    </>
  )
}

type Both = { readonly then: Holds; readonly now: Holds | null }

function Line({ what, then, now }: Both & { readonly what: 'requests' | 'people' | 'comments' | 'files' }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const difference = now === null ? 0 : then[what] - now[what]
  const sign = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' })
  return (
    <tr>
      <th scope="row">{t(`preview.${what}`)}</th>
      <td className={classes.number}>
        {then[what].toLocaleString(language)}
        {difference === 0 ? null : <span className={classes.mark}>{sign.format(difference)}</span>}
      </td>
      <td className={classes.number}>{now === null ? '–' : now[what].toLocaleString(language)}</td>
    </tr>
  )
}

function Newest({ then, now }: Both) {
  const { t } = useTranslation('backups')
  const when = useWhen()
  const tell = (holds: Holds) =>
    holds.newestRequestAt === null ? t('preview.none') : when(holds.newestRequestAt)
  return (
    <tr>
      <th scope="row">{t('preview.newest')}</th>
      <td className={classes.number}>{tell(then)}</td>
      <td className={classes.number}>{now === null ? '–' : tell(now)}</td>
    </tr>
  )
}

function Lost({ then, now }: Both) {
  const { t } = useTranslation('backups')
  if (now === null) return t('preview.unreadable')
  const count = now.requests - then.requests
  return count > 0 ? t('preview.lost', { count }) : t('preview.same')
}
