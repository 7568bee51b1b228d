import { useEffect } from 'react'
import { useAppState } from '../lib/app-state'
import { speak } from '../lib/texts'
import { Later } from './later'
import { FirstRun } from './screens'
import { Shell } from './shell'
import { useAfterFirstPaint } from './after-first-paint'

/** The window: the guide until it is done, then the desk. */
export function App() {
  const { setUp, language } = useAppState()
  useAfterFirstPaint()
  useEffect(() => {
    void speak(language)
  }, [language])
  if (setUp) return <Shell />
  return (
    <Later>
      <FirstRun />
    </Later>
  )
}
