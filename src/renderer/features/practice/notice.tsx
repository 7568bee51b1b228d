import { useEffect, useState } from 'react'
import classes from './phone.module.css'

const SHOWN_FOR = 4000

/** The small notice that Telegram shows after a press, and the way to show one. */
export function useNotice(): [string | null, (text: string | null) => void] {
  const [notice, setNotice] = useState<{ text: string } | null>(null)
  useEffect(() => {
    if (notice === null) return undefined
    const timer = setTimeout(() => {
      setNotice(null)
    }, SHOWN_FOR)
    return () => {
      clearTimeout(timer)
    }
  }, [notice])
  const show = (text: string | null) => {
    setNotice(text === null ? null : { text })
  }
  return [notice?.text ?? null, show]
}

/** Where the notice appears, above the chat; the region is always there so that it is read aloud. */
export function Notice({ text }: { text: string | null }) {
  return (
    <div className={classes.notice} role="status">
      {text === null ? null : <p>{text}</p>}
    </div>
  )
}
