import { useTranslation } from 'react-i18next'
import { refusalText } from '../../lib/texts'
import { showToast } from '../../lib/toasts'

/** Switches a place off or on at once, says what that means, and offers the way back. */
export function useActiveSwitch(name: string, set: (active: boolean) => Promise<void>) {
  const { t } = useTranslation('places')
  const switchTo = async (active: boolean): Promise<void> => {
    try {
      await set(active)
    } catch (error) {
      showToast({ tone: 'problem', title: t('switched.failed', { name }), text: refusalText(error) })
      return
    }
    showToast({
      tone: 'done',
      title: t(active ? 'switched.on' : 'switched.off', { name }),
      ...(active ? {} : { text: t('switched.offText') }),
      action: { label: t('undo'), run: () => void switchTo(!active) },
    })
  }
  return (active: boolean): void => void switchTo(active)
}
