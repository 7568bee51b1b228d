import type { PhoneButton } from '../../../shared/model/practice'
import classes from './phone.module.css'

type Props = {
  readonly buttons: readonly PhoneButton[]
  readonly onPress: (row: number, column: number) => void
}

/** The buttons under a message, in the rows the bot gave them. */
export function Keyboard({ buttons, onPress }: Props) {
  const rows = Map.groupBy(buttons, ({ row }) => row)
  return (
    <div className={classes.keyboard}>
      {[...rows].map(([row, inRow]) => (
        <div key={row} className={classes.keys}>
          {inRow.map(({ column, text }) => (
            <button
              key={column}
              type="button"
              onClick={() => {
                onPress(row, column)
              }}
            >
              {text}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}
