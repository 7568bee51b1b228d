import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ArchivedRequest } from '../../../shared/model/request'
import type { Language } from '../../../shared/model/vocabulary'
import { useNow } from '../../lib/now'
import { openRequest, useRoute } from '../../lib/routes'
import { type DeskText, useLanguage, useText } from '../../lib/texts'
import { dayName, exactTime } from '../../lib/time'
import { Button } from '../../ui/button/button'
import { StatusMark } from '../../ui/marks/status-mark'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { NothingHere, Screen } from '../../ui/screen/screen'
import { type Column, DataTable } from '../../ui/table/data-table'
import classes from './archive.module.css'
import { useArchive } from './use-archive'

/** Every request that is over; a row opens it beside the list. */
export function ArchiveScreen() {
  const { t } = useTranslation('archive')
  const { requestId } = useRoute()
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const archive = useArchive()
  return (
    <Screen
      label={t('title')}
      bar={<p className={classes.count}>{archive.total > 0 ? t('count', { count: archive.total }) : ''}</p>}
    >
      {archive.error ? (
        <div className={classes.error}>
          <RefusalNote error={archive.error} />
          <Button onClick={archive.tryAgain}>{t('tryAgain')}</Button>
        </div>
      ) : null}
      {archive.requests.length > 0 ? (
        <DataTable<ArchivedRequest>
          label={t('title')}
          columns={columnsOf(t, desk, language, now)}
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

function columnsOf(
  t: TFunction<'archive'>,
  desk: DeskText,
  language: Language,
  now: number,
): Column<ArchivedRequest>[] {
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
      cell: ({ endedAt }) => (
        <time dateTime={new Date(endedAt).toISOString()} title={exactTime(endedAt, language)}>
          {dayName(endedAt, now, language)}
        </time>
      ),
    },
  ]
}
