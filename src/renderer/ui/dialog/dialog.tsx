import { Modal, type ModalProps } from '@mantine/core'
import { useText } from '../../lib/texts'

type Props = Omit<ModalProps, 'closeButtonProps'>

/** A dialog whose closing button has a name. */
export function Dialog(props: Props) {
  const t = useText()
  return <Modal {...props} closeButtonProps={{ 'aria-label': t('panel.close') }} />
}
