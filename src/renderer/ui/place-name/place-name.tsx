import classes from './place-name.module.css'

/** A place whose parts stay whole: it wraps at the commas only. */
export function PlaceName({ place, className = '' }: { place: string; className?: string | undefined }) {
  const parts = place.split(/(?<=,)\s+/u)
  return (
    <span className={`${classes.place} ${className}`}>
      {parts.map((part, index) => (
        // The parts have no identity but their position.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index}>{part} </span>
      ))}
    </span>
  )
}
