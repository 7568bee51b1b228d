import { Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReportSettings as Reports } from '../../../shared/model/errors'
import { client } from '../../lib/client'
import { queryClient } from '../../lib/query'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { SettingsGroup } from './settings-group'

const KEY = ['errors', 'reports']

/** Whether errors are reported, and with what; nothing is until somebody says so here. */
export function ReportSettings() {
  const { t } = useTranslation('errors')
  const reports = useQuery({ queryKey: KEY, queryFn: () => client.errors.reports() })
  if (!reports.data) return null
  return (
    <SettingsGroup title={t('reports.title')}>
      {reports.data.hasAddress ? <Choices reports={reports.data} /> : <p>{t('reports.noAddress')}</p>}
    </SettingsGroup>
  )
}

function Choices({ reports: { isOn, withMemory } }: { reports: Reports }) {
  const { t } = useTranslation('errors')
  const change = useMutation({
    mutationFn: (wish: Pick<Reports, 'isOn' | 'withMemory'>) => client.errors.setReports(wish),
    onSuccess: (reports) => {
      queryClient.setQueryData(KEY, reports)
    },
  })
  return (
    <>
      <p>{t('reports.text')}</p>
      <Checkbox
        label={t('reports.on')}
        checked={isOn}
        disabled={change.isPending}
        onChange={({ currentTarget }) => {
          change.mutate({ isOn: currentTarget.checked, withMemory: false })
        }}
      />
      <Checkbox
        label={t('reports.memory')}
        description={t('reports.memoryText')}
        checked={withMemory}
        disabled={change.isPending || !isOn}
        onChange={({ currentTarget }) => {
          change.mutate({ isOn: true, withMemory: currentTarget.checked })
        }}
      />
      <RefusalNote error={change.error} />
    </>
  )
}
