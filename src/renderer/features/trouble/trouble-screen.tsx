import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RescueReport, TroubleView } from '../../../shared/model/trouble'
import { client } from '../../lib/client'
import { ChooseBackup } from './choose-backup'
import { Choices } from './choices'
import { Rescued } from './rescued'
import { Restored } from './restored'
import classes from './trouble.module.css'

/** What the screen shows. */
type Stage =
  | { readonly kind: 'choices' }
  | { readonly kind: 'backups' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'rescued'; readonly report: RescueReport }

/** Shown in place of the desk when the data can't be opened: what is wrong, what is safe, and what can be done. */
export function TroubleScreen() {
  const { t } = useTranslation('trouble')
  const { data: view } = useQuery({ queryKey: ['trouble'], queryFn: () => client.trouble.state() })
  const [stage, setStage] = useState<Stage>({ kind: 'choices' })
  const main = useFocusOnHeading(stage.kind)
  // Without trouble the program is about to load the desk in place of this.
  if (!view) return null
  return (
    <div className={classes.page}>
      <main ref={main} className={classes.column}>
        <StageContent view={view} stage={stage} onStage={setStage} />
        <footer className={classes.foot}>
          <p className={classes.path}>{t('where', { folder: view.folder })}</p>
          <p>{t('version', { version: view.version })}</p>
        </footer>
      </main>
    </div>
  )
}

type StageProps = {
  readonly view: TroubleView
  readonly stage: Stage
  readonly onStage: (stage: Stage) => void
}

function StageContent({ view, stage, onStage }: StageProps) {
  const start = () => {
    onStage({ kind: 'choices' })
  }
  switch (stage.kind) {
    case 'choices':
      return (
        <Choices
          view={view}
          onBackups={() => {
            onStage({ kind: 'backups' })
          }}
          onRescued={(report) => {
            onStage({ kind: 'rescued', report })
          }}
        />
      )
    case 'backups':
      return (
        <ChooseBackup
          language={view.language}
          onBack={start}
          onRestored={() => {
            onStage({ kind: 'restored' })
          }}
        />
      )
    case 'restored':
      return <Restored onStillInTheWay={start} />
    case 'rescued':
      return (
        <Rescued
          report={stage.report}
          onStillInTheWay={start}
          onBackups={() => {
            onStage({ kind: 'backups' })
          }}
        />
      )
  }
}

/** Puts the keyboard, and whoever listens, at the beginning of what is shown now. */
function useFocusOnHeading(stage: string) {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (stage !== '') main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [stage])
  return main
}
