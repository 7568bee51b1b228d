import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { client } from '../lib/client'
import { keys } from '../lib/query'
import { pathOf } from '../lib/routes'
import { useText } from '../lib/texts'
import classes from './attention-link.module.css'

/** Leads to what the program could not do by itself; not there while there is nothing. */
export function AttentionLink() {
  const t = useText()
  const { data = [] } = useQuery({ queryKey: keys.attention, queryFn: () => client.attention.list() })
  if (data.length === 0) return null
  return (
    <a className={classes.link} href={`#${pathOf({ screen: 'attention', requestId: null })}`}>
      <IconBell size={16} stroke={1.6} aria-hidden="true" />
      {t('top.attention', { count: data.length })}
    </a>
  )
}
