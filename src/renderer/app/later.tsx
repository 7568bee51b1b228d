import { Component, lazy, type ReactNode, Suspense } from 'react'
import { useText } from '../lib/texts'
import { Button } from '../ui/button/button'
import classes from './later.module.css'

const loadKit = () => import('./kit')
const Kit = lazy(() => loadKit().then((file) => ({ default: file.Kit })))

class Caught extends Component<{ fallback: (again: () => void) => ReactNode; children: ReactNode }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return this.props.fallback(() => {
      this.setState({ failed: false })
    })
  }
}

/** A part of the window that comes in a script of its own; until then, and if it fails, the rest works. */
export function Later({ children, isBare = false }: { children: ReactNode; isBare?: boolean }) {
  return (
    <Caught fallback={(again) => <Failed again={again} />}>
      <Suspense fallback={null}>{isBare ? children : <Kit>{children}</Kit>}</Suspense>
    </Caught>
  )
}

function Failed({ again }: { again: () => void }) {
  const t = useText()
  return (
    <div className={classes.failed} role="alert">
      <p>{t('screen.failed')}</p>
      <Button onClick={again}>{t('screen.tryAgain')}</Button>
    </div>
  )
}
