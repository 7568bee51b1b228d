import { useText } from '../../lib/texts'
import { HealthTabs } from '../../ui/health-tabs/health-tabs'
import { Screen } from '../../ui/screen/screen'

/** To be filled by its area. */
export function HealthScreen() {
  const t = useText()
  return (
    <Screen label={t('healthTabs.health')} bar={<HealthTabs />}>
      {null}
    </Screen>
  )
}
