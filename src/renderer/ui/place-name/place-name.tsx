import { classNames } from '../class-names'
import classes from './place-name.module.css'

/** A place whose parts stay whole: it wraps at the commas only. */
export function PlaceName({ place, className }: { place: string; className?: string | undefined }) {
  const parts = place.split(/(?<=,)\s+/u)
  return (
    <span className={classNames(classes.place, className)}>
      {parts.map((part, index) => (
        // The parts have no identity but their position.
        <span key={index}>{part} </span>
      ))}
    </span>
  )
}
