import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Button } from '../button/button'

const SHOWN_FOR = 2500

type Props = {
  /** What is copied, or what makes it when it is asked for. */
  readonly text: string | (() => string)
  readonly label: string
  readonly done: string
}

/** Copies a text and says so on the button itself. */
export function CopyButton({ text, label, done }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => {
      setCopied(false)
    }, SHOWN_FOR)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])
  const Icon = copied ? IconCheck : IconCopy
  return (
    <Button
      icon={<Icon size={14} stroke={1.6} aria-hidden />}
      onClick={() => {
        void copyText(typeof text === 'string' ? text : text()).then(setCopied)
      }}
    >
      <span aria-live="polite">{copied ? done : label}</span>
    </Button>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
