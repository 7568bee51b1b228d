import { Ask } from './ask/ask'
import { KeyboardHelp } from './keyboard-help'
import { Toasts } from './toasts'

/** What lies over the desk: toasts, the open question, the list of keys. */
export function Overlays({ isHelpOpen, onCloseHelp }: { isHelpOpen: boolean; onCloseHelp: () => void }) {
  return (
    <>
      <Toasts />
      <Ask />
      <KeyboardHelp isOpen={isHelpOpen} onClose={onCloseHelp} />
    </>
  )
}
