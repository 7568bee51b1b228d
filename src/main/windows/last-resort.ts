import { app, dialog } from 'electron'
import { inKnownWords } from '../errors/in-known-words'
import { noteRestart } from '../settings/restarts'
import type { Log } from '../telemetry/log'
import type { ErrorTexts } from './system-texts'

/** Everything may hang after such an error: the program then ends as it is, which loses nothing. In ms. */
const LONGEST_CLOSE_MS = 5_000

type LastResort = {
  readonly dataFolder: string
  readonly log: Log
  /** Stops everything in order. */
  readonly close: () => Promise<void>
  readonly texts: ErrorTexts
}

/**
 * After an error that nobody has caught the program is in a state that nobody knows: it stops in order and starts anew,
 * but not again and again. A rejected promise that nobody waits for is only logged: it has broken nothing but itself.
 */
export function restartAfterErrors({ dataFolder, log, close, texts }: LastResort): void {
  let ending = false
  process.on('unhandledRejection', (error) => {
    log.error({ error: inKnownWords(error), scope: 'program' }, 'Nobody has caught a rejection')
  })
  process.on('uncaughtException', (error) => {
    log.error({ error: inKnownWords(error), scope: 'program' }, 'Nobody has caught an error')
    if (ending) return
    ending = true
    void closed(close).then(() => {
      if (noteRestart(dataFolder, Date.now())) app.relaunch()
      else dialog.showErrorBox(texts.title, texts.text)
      app.exit(1)
    })
  })
}

async function closed(close: () => Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_CLOSE_MS))
  await Promise.race([close().catch(() => {}), late])
}
