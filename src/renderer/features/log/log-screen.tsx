import { useText } from '../../lib/texts'
import { HealthTabs } from '../../ui/health-tabs/health-tabs'
import { Screen } from '../../ui/screen/screen'

/** To be filled by its area. */
export function LogScreen() {
  const t = useText()
  return (
    <Screen label={t('healthTabs.log')} bar={<HealthTabs />}>
      {null}
    </Screen>
  )
}
