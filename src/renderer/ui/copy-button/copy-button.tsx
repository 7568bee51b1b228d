import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Button } from '../button/button'

const SHOWN_FOR = 2500

/** Copies a text and says so on the button itself. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
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
        void copyText(text).then(setCopied)
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
