import { useState } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import type { Command } from '../../lib/commands'
import { useStore } from '../../lib/use-store'
import { boardFocus } from '../desk-board'
import { type Asked, asked, dispatch } from '../dispatch'
import type { DialogProps } from './dialog-props'
import { HoldDialog } from './hold-dialog'
import { TechnicianDialog } from './technician-dialog'
import { WordsDialog } from './words-dialog'

const GIVEN_BACK_AFTER = 50

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
      key={shown.nth}
      asked={shown}
      isOpen={open !== null}
      onClose={close}
      onAnswer={answer}
      onExited={() => {
        keepKeyboard(shown.card.id)
      }}
    />
  )
}

/** The card may have moved and taken the keyboard's place with it. */
function keepKeyboard(id: RequestId): void {
  // Once the dialog is out of the page and has tried to give the keyboard back itself.
  setTimeout(() => {
    if (document.activeElement === document.body) boardFocus.to(id)
  }, GIVEN_BACK_AFTER)
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
