import { pathOf, type ScreenName, useRoute } from '../../lib/routes'
import { useText } from '../../lib/texts'
import classes from './health-tabs.module.css'

const TABS = ['health', 'errors', 'log'] as const satisfies readonly ScreenName[]

/** The ways between the screens on how the program does, for their bars. */
export function HealthTabs() {
  const t = useText()
  const { screen } = useRoute()
  return (
    <nav className={classes.tabs} aria-label={t('healthTabs.name')}>
      {TABS.map((tab) => (
        <a
          key={tab}
          href={`#${pathOf({ screen: tab, requestId: null })}`}
          aria-current={screen === tab ? 'page' : undefined}
        >
          {t(`healthTabs.${tab}`)}
        </a>
      ))}
    </nav>
  )
}
