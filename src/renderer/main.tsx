import { opening } from './lib/first-calls'
import './app/theme/tokens.css'
import './app/theme/base.css'
import { createRoot } from 'react-dom/client'
import { must, Refusal } from '../shared/model/refusal'
import { App } from './app/app'
import { watchForUpgrade } from './app/upgrade-news'
import { fillBoard } from './app/desk-board'
import { LastBoundary } from './app/last-boundary'
import { Trouble } from './app/screens'
import { Later } from './app/later'
import { followColourScheme } from './app/theme/colour-scheme'
import { appState } from './lib/app-state'
import { client } from './lib/client'
import { shareStyleNonce } from './lib/nonce'
import { startTexts } from './lib/texts'
import { warmTimes } from './lib/time'
import { allowStyleSheetsOnly } from './lib/trusted-types'
import { reportError, watchErrors } from './lib/window-errors'

watchErrors()
allowStyleSheetsOnly()
shareStyleNonce()
followColourScheme()
const endUpgradeNews = watchForUpgrade(window.dispatcher)
const filled = fillBoard(opening.board).catch(() => undefined)

/** The board is drawn once, with its cards; only when they take longer than this, in ms, is the waiting shown. */
const SHOW_WAITING_AFTER = 300

async function start(): Promise<void> {
  warmTimes()
  const state = await opening.state.catch(troubleOrNull)
  endUpgradeNews()
  const root = createRoot(must(document.getElementById('root'), 'element #root'), {
    onCaughtError: tellOfDrawing,
    onUncaughtError: tellOfDrawing,
  })
  if (state === 'trouble') {
    const view = await client.trouble.state()
    startTexts(view?.language ?? 'en')
    root.render(
      <Later>
        <Trouble />
      </Later>,
    )
    return
  }
  if (state) appState.set(state)
  await Promise.race([filled, new Promise((resolve) => setTimeout(resolve, SHOW_WAITING_AFTER))])
  startTexts(state?.language ?? 'en')
  root.render(
    <LastBoundary>
      <App />
    </LastBoundary>,
  )
}

function tellOfDrawing(error: unknown): void {
  reportError('drawing', error)
}

/** Whether the data can't be opened: then there is another screen than the desk. */
function troubleOrNull(error: unknown): 'trouble' | null {
  return error instanceof Refusal && error.code === 'data-trouble' ? 'trouble' : null
}

void start()
