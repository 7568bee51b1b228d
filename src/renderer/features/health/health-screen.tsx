import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HistorySpan } from '../../../shared/model/health-history'
import { Button } from '../../ui/button/button'
import { HealthTabs } from '../../ui/health-tabs/health-tabs'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { BarSpace, Screen } from '../../ui/screen/screen'
import classes from './health.module.css'
import { Parts } from './parts'
import { PastAlerts } from './past-alerts'
import { useAlerts, useFacts, useHistory } from './use-health'
import { Slowest } from './slowest'
import { Verdict } from './verdict'

/** How the program does: in plain words, then part by part, then over time. */
export function HealthScreen() {
  const { t } = useTranslation(['health', 'alerts'])
  const [span, setSpan] = useState<HistorySpan>('hour')
  const alerts = useAlerts()
  const facts = useFacts()
  const history = useHistory(span)
  return (
    <Screen
      label={t('title')}
      bar={
        <>
          <HealthTabs />
          <BarSpace />
          <Spans span={span} onChange={setSpan} />
        </>
      }
    >
      <div className={classes.scroll}>
        <div className={classes.column}>
          <RefusalNote error={alerts.error ?? facts.error ?? history.error} />
          {alerts.data ? <Verdict open={alerts.data.open} /> : null}
          {facts.data ? (
            <Parts
              facts={facts.data}
              history={history.data}
              span={span}
              alerts={(alerts.data?.open ?? []).map(({ key }) => key)}
            />
          ) : null}
          <Slowest />
          {alerts.data ? <PastAlerts past={alerts.data.past} /> : null}
        </div>
      </div>
    </Screen>
  )
}

function Spans({ span, onChange }: { span: HistorySpan; onChange: (span: HistorySpan) => void }) {
  const { t } = useTranslation('health')
  return (
    <fieldset className={classes.spans} aria-label={t('span.name')}>
      {HistorySpan.options.map((name) => (
        <Button
          key={name}
          kind="ghost"
          aria-pressed={span === name}
          onClick={() => {
            onChange(name)
          }}
        >
          {t(`span.${name}`)}
        </Button>
      ))}
    </fieldset>
  )
}
