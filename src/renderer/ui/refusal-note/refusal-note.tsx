import { IconAlertTriangle } from '@tabler/icons-react'
import { refusalText, useLanguage } from '../../lib/texts'
import classes from './refusal-note.module.css'

/** Why the program said no, in words, next to what was asked of it; nothing while there is no error. */
export function RefusalNote({ error }: { error: unknown }) {
  useLanguage()
  if (error === null || error === undefined) return null
  return (
    <p className={classes.note} role="alert">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
      <span>{refusalText(error)}</span>
    </p>
  )
}
