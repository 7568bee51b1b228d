import { useEffect, useEffectEvent } from 'react'

/** Keys such as `n`, `?`, `Escape` or `mod+z`, and what each does. */
export type Shortcuts = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>

/** Names the key of an event: letters by what is printed on a Latin keyboard, whatever the layout. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const isLatin = /^[a-z]$/i.test(event.key)
  const key = event.key.length === 1 && letter !== undefined && !isLatin ? letter : event.key
  const name = key.length === 1 ? key.toLowerCase() : key
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${name}`
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}

/** Listens for keys in the whole window, except while somebody types or a dialog or menu has the keyboard. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return
    const action = shortcuts[keyName(event)]
    if (!action || isTyping(event.target) || isElsewhere(event.target)) return
    event.preventDefault()
    action(event)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKeyDown(event)
    }
    window.addEventListener('keydown', listener)
    return () => {
      window.removeEventListener('keydown', listener)
    }
  }, [])
}
