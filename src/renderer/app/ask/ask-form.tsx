import { Modal } from '@mantine/core'
import type { KeyboardEvent, ReactNode } from 'react'
import { useText } from '../../lib/texts'
import { Button } from '../../ui/button/button'
import classes from './ask.module.css'

type Props = {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onExited: () => void
  readonly confirm: string
  readonly canConfirm: boolean
  readonly onConfirm: () => void
  readonly children: ReactNode
}

/** A small dialog with fields, confirmed by its button or Ctrl+Enter. */
export function AskForm({
  title,
  isOpen,
  onClose,
  onExited,
  confirm,
  canConfirm,
  onConfirm,
  children,
}: Props) {
  const t = useText()
  const submit = () => {
    if (canConfirm) onConfirm()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      onExitTransitionEnd={onExited}
      title={title}
      size={440}
      closeButtonProps={{ 'aria-label': t('panel.close') }}
    >
      <form
        className={classes.form}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {children}
        <div className={classes.buttons}>
          <Button kind="ghost" onClick={onClose}>
            {t('ask.cancel')}
          </Button>
          <Button kind="primary" keyCap="Ctrl ↵" submit disabled={!canConfirm}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
