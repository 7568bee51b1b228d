import classes from './first-run.module.css'

/** The heading of a step and what it is for. */
export function StepHead({ title, lead }: { title: string; lead: string }) {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={classes.lead}>{lead}</p>
    </>
  )
}
