import type { Command } from '../../lib/commands'
import type { Asked } from '../dispatch'

/** What every dialog that asks is given. */
export type DialogProps = {
  readonly asked: Asked
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAnswer: (command: Command) => void
  /** The dialog has faded. */
  readonly onExited: () => void
}
