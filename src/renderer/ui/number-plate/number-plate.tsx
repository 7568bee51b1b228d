import classes from './number-plate.module.css'

/** The enamel plate with a number; only where that request is the subject. */
export function NumberPlate({ number }: { number: string }) {
  return <span className={classes.plate}>{number}</span>
}
