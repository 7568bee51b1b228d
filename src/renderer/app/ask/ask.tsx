import { useState } from 'react'
import type { Command } from '../../lib/commands'
import { useStore } from '../../lib/use-store'
import { type Asked, asked, dispatch } from '../dispatch'
import { HoldDialog } from './hold-dialog'
import { TechnicianDialog } from './technician-dialog'
import { WordsDialog } from './words-dialog'

/** The question that is open now, as a dialog. It stays drawn while it closes. */
export function Ask() {
  const open = useStore(asked)
  const [last, setLast] = useState<Asked | null>(null)
  if (open !== null && open !== last) setLast(open)
  const shown = open ?? last
  if (shown === null) return null
  const close = () => {
    asked.set(null)
  }
  const answer = (command: Command) => {
    close()
    dispatch.run(shown.card, command)
  }
  return (
    <Dialog
      key={`${shown.card.id} ${shown.question}`}
      asked={shown}
      isOpen={open !== null}
      onClose={close}
      onAnswer={answer}
    />
  )
}

/** What every dialog that asks is given. */
export type DialogProps = {
  readonly asked: Asked
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAnswer: (command: Command) => void
}

function Dialog(props: DialogProps) {
  switch (props.asked.question) {
    case 'technician':
    case 'technicianToStart':
      return <TechnicianDialog {...props} />
    case 'hold':
      return <HoldDialog {...props} />
    case 'resolve':
    case 'decline':
      return <WordsDialog {...props} question={props.asked.question} />
  }
}
