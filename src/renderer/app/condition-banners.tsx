import {
  IconAlertTriangle,
  IconDatabaseExclamation,
  IconEye,
  IconFolderExclamation,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAppState } from '../lib/app-state'
import { sizeText } from '../lib/bytes'
import { client } from '../lib/client'
import { useLanguage } from '../lib/texts'
import { Banner, type Condition, quietly } from './banner'

/** Lasting conditions of the data themselves: loaded only when there are any. */
export function ConditionBanners() {
  const { conditions } = useAppState()
  const { t } = useTranslation('trouble')
  const language = useLanguage()
  const showFolder = {
    label: t('banner.showFolder'),
    press: () => {
      quietly(client.trouble.showFolder())
    },
  }
  const found: Condition[] = []
  if (conditions.readOnly !== null) {
    found.push({
      look: 'amber',
      icon: <IconEye size={16} stroke={1.6} aria-hidden="true" />,
      title: t('banner.readOnlyTitle'),
      text: t('banner.readOnlyText'),
      button: {
        label: t('banner.readOnlyButton'),
        press: () => {
          quietly(client.trouble.tryAgain())
        },
      },
    })
  }
  if (conditions.damaged) {
    found.push({
      look: 'red',
      icon: <IconDatabaseExclamation size={16} stroke={1.6} aria-hidden="true" />,
      title: t('banner.damagedTitle'),
      text: t('banner.damagedText'),
      button: {
        label: t('banner.damagedButton'),
        press: () => {
          quietly(client.trouble.enter())
        },
      },
    })
  }
  const { state, freeBytes } = conditions.disk
  if (state !== 'enough') {
    const name = state === 'very-low' ? 'veryLow' : state
    found.push({
      look: state === 'full' ? 'red' : 'amber',
      icon: <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />,
      title: t(`banner.${name}Title`, { free: sizeText(freeBytes, language) }),
      text: t(`banner.${name}Text`),
      button: showFolder,
    })
  }
  if (conditions.place !== null) {
    const { kind, name } = conditions.place
    found.push({
      look: 'amber',
      icon: <IconFolderExclamation size={16} stroke={1.6} aria-hidden="true" />,
      title: t(`banner.${kind}Title`, { name }),
      text: t(`banner.${kind}Text`),
      button: showFolder,
    })
  }
  return found.map((condition) => <Banner key={condition.title} {...condition} />)
}
