import { Button } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ArchivedRequest } from '../../../shared/model/request'
import { openRequest, useRoute } from '../../lib/routes'
import { type DeskText, useText } from '../../lib/texts'
import { StatusMark } from '../../ui/marks/status-mark'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { NothingHere, Screen } from '../../ui/screen/screen'
import { type Column, DataTable } from '../../ui/table/data-table'
import classes from './archive.module.css'
import { useArchive } from './use-archive'

/** Every request that is over; a row opens it beside the list. */
export function ArchiveScreen() {
  const { t, i18n } = useTranslation('archive')
  const { requestId } = useRoute()
  const desk = useText()
  const archive = useArchive()
  return (
    <Screen
      label={t('title')}
      bar={<p className={classes.count}>{archive.isLoaded ? t('count', { count: archive.total }) : ''}</p>}
    >
      {archive.error ? (
        <div className={classes.error}>
          <RefusalNote error={archive.error} />
          <Button variant="default" onClick={archive.tryAgain}>
            {t('tryAgain')}
          </Button>
        </div>
      ) : null}
      {archive.requests.length > 0 ? (
        <DataTable<ArchivedRequest>
          label={t('title')}
          columns={columnsOf(t, desk, i18n.language)}
          rows={archive.requests}
          rowKey={({ id }) => id}
          total={archive.total}
          isCurrent={({ id }) => id === requestId}
          onNearEnd={archive.loadMore}
          onRowClick={({ id }) => {
            openRequest(id)
          }}
          footer={archive.isLoadingMore ? <p className={classes.more}>{t('loading')}</p> : null}
        />
      ) : null}
      {archive.isLoaded && archive.requests.length === 0 ? (
        <NothingHere title={t('none.title')} text={t('none.text')} />
      ) : null}
    </Screen>
  )
}

function columnsOf(t: TFunction<'archive'>, desk: DeskText, language: string): Column<ArchivedRequest>[] {
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' })
  return [
    {
      key: 'number',
      heading: t('column.number'),
      width: '84px',
      cell: ({ id, number }) => (
        <a className={classes.number} href={`#/archive/${id}`}>
          {number}
        </a>
      ),
    },
    {
      key: 'title',
      heading: t('column.title'),
      cell: ({ title }) =>
        title === '' ? <span className={classes.faint}>{t('picturesOnly')}</span> : title,
    },
    { key: 'place', heading: t('column.place'), width: '22%', cell: ({ place }) => place },
    {
      key: 'status',
      heading: t('column.status'),
      width: '15%',
      cell: ({ status }) => (
        <span className={classes.status}>
          <StatusMark status={status} />
          {desk(`status.${status}`)}
        </span>
      ),
    },
    { key: 'assignee', heading: t('column.assignee'), width: '15%', cell: ({ assignee }) => assignee },
    {
      key: 'ended',
      heading: t('column.ended'),
      width: '128px',
      align: 'end',
      cell: ({ endedAt }) => <time dateTime={new Date(endedAt).toISOString()}>{day.format(endedAt)}</time>,
    },
  ]
}
