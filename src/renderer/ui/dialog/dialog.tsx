import { Modal, type ModalProps } from '@mantine/core'
import { useText } from '../../lib/texts'

type Props = Omit<ModalProps, 'closeButtonProps' | 'attributes'>

/** A dialog whose closing button has a name, and whose heading is not taken for the window's own banner. */
export function Dialog(props: Props) {
  const t = useText()
  return (
    <Modal
      {...props}
      closeButtonProps={{ 'aria-label': t('panel.close') }}
      attributes={{ header: { role: 'presentation' } }}
    />
  )
}
