import { useCallback, useEffect, useMemo, useState } from 'react'
import { type LogFilter, type LogLevel, REQUEST_NUMBER } from '../../../shared/model/log-line'
import { type LogAbout, logAbout } from '../../lib/log-about'

/** While somebody types nothing is asked for, in ms. */
const TYPING_MS = 250

/** What is chosen to be seen. */
export function useLogFilter() {
  const [level, setLevel] = useState<LogLevel>('debug')
  const [scope, setScope] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [request, setRequestState] = useState<LogAbout | null>(() => logAbout.get())
  const [typed, setTyped] = useState(() => logAbout.get()?.number ?? '')
  const [settledText] = useSettled(text)
  useEffect(() => {
    // It was asked for once; who comes back later wants to see everything again.
    logAbout.set(null)
  }, [])

  const setRequest = useCallback((about: LogAbout | null) => {
    setRequestState(about)
    setTyped(about?.number ?? '')
  }, [])
  const type = useCallback((given: string) => {
    setTyped(given)
    const number = given.trim().replace(/^#/, '').toUpperCase()
    if (number === '') setRequestState(null)
    else if (REQUEST_NUMBER.test(number)) setRequestState({ number, id: null })
  }, [])
  const clear = useCallback(() => {
    setLevel('debug')
    setScope(null)
    setText('')
    setRequest(null)
  }, [setRequest])

  const [settledRequest] = useSettled(request)
  const filter = useMemo<LogFilter>(
    () => ({ level, scope, request: settledRequest, text: settledText.trim() }),
    [level, scope, settledRequest, settledText],
  )
  const isFiltered = level !== 'debug' || scope !== null || request !== null || text.trim() !== ''
  return {
    filter,
    level,
    setLevel,
    scope,
    setScope,
    text,
    setText,
    typed,
    type,
    setRequest,
    clear,
    isFiltered,
  }
}

/** What the hook gives. */
export type LogChoice = ReturnType<typeof useLogFilter>

/** The value once it has not changed for a moment; the first one at once. */
function useSettled<T>(value: T): [T] {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value)
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [value])
  return [settled]
}
