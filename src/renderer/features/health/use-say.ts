import { useTranslation } from 'react-i18next'
import { sizeText } from '../../lib/bytes'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'

/** Says figures the way the desk does: numbers, sizes, shares, moments. */
export function useSay() {
  const { t } = useTranslation('health')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const number = new Intl.NumberFormat(language)
  const share = new Intl.NumberFormat(language, { style: 'percent' })
  return {
    count: (value: number) => number.format(value),
    size: (bytes: number) => sizeText(bytes, language),
    percent: (value: number) => share.format(value / 100),
    ms: (value: number) => t('profile.ms', { ms: number.format(Math.round(value * 10) / 10) }),
    when: (at: number | null) => (at === null ? t('fact.never') : happenedAt(at, now, language, desk)),
  }
}
