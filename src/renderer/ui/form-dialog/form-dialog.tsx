import { Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { Button } from '../button/button'
import { Dialog } from '../dialog/dialog'
import { RefusalNote } from '../refusal-note/refusal-note'

type Props = {
  readonly title: string
  /** The words on the two buttons. */
  readonly save: string
  readonly cancel: string
  readonly canSave?: boolean
  readonly isBusy: boolean
  readonly error: unknown
  readonly size?: number
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog with one purpose: its fields or its words, why the program said no, and two ways out. */
export function FormDialog({ canSave = true, size = 440, ...props }: Props) {
  return (
    <Dialog opened onClose={props.onClose} size={size} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (canSave && !props.isBusy) props.onSave()
        }}
      >
        <Stack gap="md">
          {props.children}
          <RefusalNote error={props.error} />
          <Group justify="flex-end" gap="sm">
            <Button onClick={props.onClose}>{props.cancel}</Button>
            <Button kind="primary" submit disabled={props.isBusy || !canSave}>
              {props.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
