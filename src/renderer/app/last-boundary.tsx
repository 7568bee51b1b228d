import { Component, type ReactNode } from 'react'
import { useText } from '../lib/texts'
import { Button } from '../ui/button/button'
import classes from './last-boundary.module.css'

/** Around everything: what fails outside of any other boundary leaves a way on instead of an empty window. */
export class LastBoundary extends Component<{ children: ReactNode }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children
  }
}

function Broken() {
  const t = useText()
  return (
    <main className={classes.page} role="alert">
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <Button
        kind="primary"
        onClick={() => {
          location.reload()
        }}
      >
        {t('broken.again')}
      </Button>
    </main>
  )
}
