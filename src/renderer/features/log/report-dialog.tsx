import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { Dialog } from '../../ui/dialog/dialog'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './log.module.css'

/** Shows the report for support as it is, and saves it as it is. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('log')
  const report = useQuery({ queryKey: ['log', 'report'], queryFn: () => client.log.report(), gcTime: 0 })
  const save = useMutation({ mutationFn: () => client.log.saveReport() })
  return (
    <Dialog opened onClose={onClose} title={t('report.title')} size={880}>
      <p className={classes.reportText}>{t('report.text')}</p>
      {report.data === undefined ? (
        <p className={classes.preview}>{report.isError ? '' : t('report.making')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key.
        <section className={classes.preview} tabIndex={0} aria-label={t('report.preview')}>
          <pre>{report.data.text}</pre>
        </section>
      )}
      <RefusalNote error={report.error ?? save.error} />
      <div className={classes.reportButtons}>
        <span role="status">{save.data?.saved === true ? t('report.saved') : ''}</span>
        <Button onClick={onClose}>{t('report.cancel')}</Button>
        <Button
          kind="primary"
          disabled={report.data === undefined || save.isPending}
          onClick={() => {
            save.mutate()
          }}
        >
          {t('report.save')}
        </Button>
      </div>
    </Dialog>
  )
}
