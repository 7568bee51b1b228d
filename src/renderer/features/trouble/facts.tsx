import { useTranslation } from 'react-i18next'
import type { TroubleView } from '../../../shared/model/trouble'
import { sizeText } from '../../lib/bytes'
import { exactTime } from '../../lib/time'
import classes from './trouble.module.css'

/** What is known about this very trouble, in a sentence or none. */
export function Facts({ view }: { view: TroubleView }) {
  const { t } = useTranslation('trouble')
  const { code, facts, language } = view
  const number = (name: string) => Number(facts[name] ?? 0)
  const size = (name: string) => sizeText(number(name), language)
  const sentence = (): string => {
    switch (code) {
      case 'older':
        if (number('changes') === 0) return ''
        return t('facts.lostChanges', { count: number('changes'), when: exactTime(number('at'), language) })
      case 'truncated':
        return t('facts.size', { size: size('bytes'), wanted: size('wantedBytes') })
      case 'missing':
      case 'empty':
        return number('bytes') === 0 ? '' : t('facts.lastSize', { size: size('bytes') })
      case 'disk-full':
        if (number('neededBytes') === 0) return ''
        return t('facts.room', { free: size('freeBytes'), needed: size('neededBytes') })
      case 'newer':
        return facts['writtenBy'] ? t('facts.by', { version: facts['writtenBy'] }) : ''
      case 'in-use':
        return t(number('isHere') === 1 ? 'facts.heldHere' : 'facts.heldThere', {
          pid: facts['pid'],
          user: facts['user'] ?? '',
          host: facts['host'] ?? '',
        })
      default:
        return ''
    }
  }
  const words = sentence()
  return words === '' ? null : <p className={classes.fact}>{words}</p>
}
