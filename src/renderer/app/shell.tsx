import { useState } from 'react'
import { announcement } from '../lib/announce'
import { useAppState } from '../lib/app-state'
import { DispatchContext } from '../lib/dispatch'
import { closeRequest, useRoute } from '../lib/routes'
import { useShortcuts } from '../lib/shortcuts'
import { useStore } from '../lib/use-store'
import { AttentionLink } from './attention-link'
import { Banners } from './banners'
import { Desk } from './desk'
import { dispatch, undoLast } from './dispatch'
import { Later } from './later'
import { inUse, painted } from './painted'
import { Rail } from './rail'
import { NewRequest, Overlays, PracticeBanner } from './screens'
import classes from './shell.module.css'
import { TopBar } from './top-bar'

type OpenDialog = 'new-request' | 'keys'

/** The desk's window: rail, top bar, banners, a screen, and what lies over it. */
export function Shell() {
  const { screen, requestId } = useRoute()
  const { practice } = useAppState()
  const isPainted = useStore(painted)
  const isInUse = useStore(inUse)
  const [isPhoneWanted, wantPhone] = useState(true)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const askNewRequest = () => {
    setDialog('new-request')
  }
  const closeDialog = () => {
    setDialog(null)
  }
  useShellKeys(requestId !== null, setDialog)
  const hasPhone = practice && screen === 'board' && requestId === null
  const togglePhone = () => {
    wantPhone(!isPhoneWanted)
  }
  return (
    <DispatchContext value={dispatch}>
      <div className={classes.window}>
        <Rail />
        <div className={classes.right}>
          <TopBar
            screen={screen}
            phone={hasPhone ? { isShown: isPhoneWanted, toggle: togglePhone } : null}
            attention={<AttentionLink />}
            onNewRequest={askNewRequest}
          />
          <div className={classes.banners}>
            {practice ? (
              <div className={classes.practice}>
                {isPainted ? (
                  <Later>
                    <PracticeBanner />
                  </Later>
                ) : null}
              </div>
            ) : null}
            <Banners />
          </div>
          <Desk hasPhone={hasPhone && isPhoneWanted} isPainted={isPainted} onNewRequest={askNewRequest} />
        </div>
      </div>
      {isInUse ? (
        <Later>
          <Overlays isHelpOpen={dialog === 'keys'} onCloseHelp={closeDialog} />
          <NewRequest opened={dialog === 'new-request'} onClose={closeDialog} />
        </Later>
      ) : null}
      <Announcements />
    </DispatchContext>
  )
}

function useShellKeys(isRequestOpen: boolean, open: (dialog: OpenDialog) => void): void {
  useShortcuts({
    n: () => {
      open('new-request')
    },
    '?': () => {
      open('keys')
    },
    Escape: isRequestOpen ? closeRequest : undefined,
    z: undoLast,
    'mod+z': undoLast,
  })
}

function Announcements() {
  const words = useStore(announcement)
  return (
    <div className={classes.heard} role="status">
      {words}
    </div>
  )
}
