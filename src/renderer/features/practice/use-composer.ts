import { useEffect, useRef, useState } from 'react'
import type { PhoneMessage } from '../../../shared/model/practice'
import type { Picture } from './sample-pictures'
import type { Outgoing } from './use-practice-phone'

/** What the composer is given. */
export type ComposerProps = {
  /** True while nothing has been said: Telegram then shows one big Start. */
  readonly isNew: boolean
  readonly replyTo: PhoneMessage | null
  readonly onForgetReply: () => void
  readonly busy: boolean
  readonly onSend: (outgoing: Outgoing) => Promise<unknown>
}

/** What is being written on the phone; it stays until it has been sent. */
export function useComposer({ replyTo, onForgetReply, busy, onSend }: ComposerProps) {
  const [text, setText] = useState('')
  const [picture, setPicture] = useState<Picture | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const send = async () => {
    if (busy || (text.trim() === '' && picture === null)) return
    try {
      await onSend({ text: text.trim(), photo: picture?.bytes ?? null, replyTo: replyTo?.messageId ?? null })
    } catch {
      // Said on the phone, next to what was not sent.
      return
    }
    setText('')
    setPicture(null)
    onForgetReply()
  }
  return {
    text,
    setText,
    picture,
    setPicture: (chosen: Picture | null) => {
      setPicture(chosen)
      setUnreadable(false)
    },
    isUnreadable,
    setUnreadable: () => {
      setUnreadable(true)
    },
    send: () => void send(),
  }
}

/** Puts the cursor into the field when a message to answer has been chosen. */
export function useFocusOn(replyTo: PhoneMessage | null) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (replyTo) field.current?.focus()
  }, [replyTo])
  return field
}
