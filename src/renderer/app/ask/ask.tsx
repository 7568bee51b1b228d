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

const FADED_AFTER = 200

/** The question that is open now, as a dialog. It stays drawn while it closes. */
export function Ask() {
  const open = useStore(asked)
  const [last, setLast] = useState<Asked | null>(null)
  if (open !== null && open !== last) setLast(open)
  const shown = open ?? last
  if (shown === null) return null
  const close = () => {
    asked.set(null)
    keepKeyboard(shown.card.id)
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

/** After the dialog has faded: the card it was about may have moved and taken the keyboard's place with it. */
function keepKeyboard(id: RequestId): void {
  setTimeout(() => {
    if (document.activeElement === document.body) boardFocus.to(id)
  }, FADED_AFTER)
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
