import { opening } from './app/opening'
import './app/theme/tokens.css'
import './app/theme/base.css'
import { createRoot } from 'react-dom/client'
import { must } from '../shared/model/refusal'
import { App } from './app/app'
import { watchForUpgrade } from './app/upgrade-news'
import { fillBoard } from './app/desk-board'
import { followColourScheme } from './app/theme/colour-scheme'
import { appState } from './lib/app-state'
import { shareStyleNonce } from './lib/nonce'
import { startTexts } from './lib/texts'
import { warmTimes } from './lib/time'
import { allowStyleSheetsOnly } from './lib/trusted-types'

allowStyleSheetsOnly()
shareStyleNonce()
followColourScheme()
const endUpgradeNews = watchForUpgrade(window.dispatcher)
const filled = fillBoard(opening.board).catch(() => undefined)

/** The board is drawn once, with its cards; only when they take longer than this, in ms, is the waiting shown. */
const SHOW_WAITING_AFTER = 300

async function start(): Promise<void> {
  warmTimes()
  const state = await opening.state.catch(() => null)
  endUpgradeNews()
  if (state) appState.set(state)
  await Promise.race([filled, new Promise((resolve) => setTimeout(resolve, SHOW_WAITING_AFTER))])
  startTexts(state?.language ?? 'en')
  createRoot(must(document.getElementById('root'), 'element #root')).render(<App />)
}

void start()
