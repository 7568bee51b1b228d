import { IconX } from '@tabler/icons-react'
import classes from './phone.module.css'

type Props = {
  readonly text: string
  readonly label: string
  /** The name of the button that takes it off again. */
  readonly away: string
  readonly onAway: () => void
}

/** Something that goes along with the next message: what it answers, or a photo. */
export function Attached({ text, label, away, onAway }: Props) {
  return (
    <div className={classes.attached}>
      <p>
        <b>{label}</b>
        <span>{text}</span>
      </p>
      <button type="button" className={classes.icon} aria-label={away} onClick={onAway}>
        <IconX size={16} stroke={1.6} aria-hidden />
      </button>
    </div>
  )
}
