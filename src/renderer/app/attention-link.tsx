import { IconBell } from '@tabler/icons-react'
import { pathOf } from '../lib/routes'
import { useText } from '../lib/texts'
import { useStore } from '../lib/use-store'
import { attentionCount } from './attention-count'
import classes from './attention-link.module.css'

/** Leads to what the program could not do by itself; not there while there is nothing. */
export function AttentionLink() {
  const t = useText()
  const count = useStore(attentionCount)
  if (count === 0) return null
  return (
    <a className={classes.link} href={`#${pathOf({ screen: 'attention', requestId: null })}`}>
      <IconBell size={16} stroke={1.6} aria-hidden="true" />
      {t('top.attention', { count })}
    </a>
  )
}
