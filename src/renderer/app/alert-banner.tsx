import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../shared/model/alerts'
import { actionOf } from '../lib/alert-actions'
import { useAlertWords } from '../lib/alert-words'
import { goTo } from '../lib/routes'
import { Banner, quietly } from './banner'

/** The worst alert that no other banner tells, and how many more there are: loaded only when there is one. */
export function AlertBanner({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation('alerts')
  const words = useAlertWords()
  const [worst] = alerts
  if (worst === undefined) return null
  const { title, means, todo } = words(worst)
  const action = actionOf(worst)
  const more = alerts.length > 1 ? ` (${t('more', { count: alerts.length - 1 })})` : ''
  return (
    <Banner
      look={worst.level === 'critical' ? 'red' : 'amber'}
      icon={<IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />}
      title={`${title}${more}`}
      text={todo === null ? means : `${means} ${todo}`}
      button={
        action === null
          ? {
              label: t('tray.health'),
              press: () => {
                goTo('health')
              },
            }
          : {
              label: t(`action.${action.name}`),
              press: () => {
                quietly(action.run())
              },
            }
      }
    />
  )
}
