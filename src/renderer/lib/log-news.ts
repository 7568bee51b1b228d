import { client } from './client'
import type { LogNews } from './live'

type Listener = (news: LogNews) => void

let listener: Listener | null = null

/** Hands new lines of the log to the screen that follows it; when none does, main is asked to stop. */
export function takeLogNews(news: LogNews): void {
  if (listener !== null) listener(news)
  // A page that was loaded anew while the log was followed.
  else client.log.close().catch(() => undefined)
}

/** Listens to new lines of the log; returns its end. */
export function onLogNews(next: Listener): () => void {
  listener = next
  return () => {
    if (listener === next) listener = null
  }
}
