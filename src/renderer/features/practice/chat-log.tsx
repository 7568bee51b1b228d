import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneMessage } from '../../../shared/model/practice'
import { useNow } from '../../lib/now'
import { useLanguage } from '../../lib/texts'
import { dayName, startOfDay } from '../../lib/time'
import { Message } from './message'
import classes from './phone.module.css'

type Press = { readonly messageId: number; readonly row: number; readonly column: number }
type Props = {
  readonly messages: readonly PhoneMessage[]
  readonly botName: string
  readonly busy: boolean
  readonly onReply: (message: PhoneMessage) => void
  readonly onPress: (button: Press) => void
}

/** The chat: oldest first, always scrolled to the newest. Arrow keys walk the messages, R replies. */
export function ChatLog({ messages, botName, busy, onReply, onPress }: Props) {
  const { t } = useTranslation('practice')
  const language = useLanguage()
  const now = useNow()
  const log = useRef<HTMLDivElement>(null)
  const newest = messages.at(-1)
  const fingerprint = newest ? `${String(newest.messageId)}:${String(newest.editedAt)}` : ''
  useLayoutEffect(() => {
    // The log runs upside down: its zero is the newest message.
    if (fingerprint !== '' && log.current) log.current.scrollTop = 0
  }, [fingerprint])
  return (
    <div
      ref={log}
      className={classes.chat}
      role="log"
      aria-label={t('chat')}
      aria-busy={busy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key.
      tabIndex={0}
      onKeyDown={walk}
    >
      <div className={classes.messages}>
        {!busy && messages.length === 0 ? (
          <p className={classes.empty}>{t('empty', { bot: botName })}</p>
        ) : null}
        {messages.map((message, index) => {
          const before = messages[index - 1]
          const isNewDay = !before || startOfDay(before.at) !== startOfDay(message.at)
          return (
            <div key={message.messageId} className={classes.slot}>
              {isNewDay ? <p className={classes.day}>{dayName(message.at, now, language)}</p> : null}
              <Message
                message={message}
                sender={message.from === 'bot' ? botName : t('you')}
                onReply={() => {
                  onReply(message)
                }}
                onPress={(row, column) => {
                  onPress({ messageId: message.messageId, row, column })
                }}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Up and Down walk from message to message; from the log itself, Up enters at the newest. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  if (!(event.target instanceof Element)) return
  const articles = [...event.currentTarget.querySelectorAll<HTMLElement>('article')]
  const here = articles.findIndex((article) => article.contains(event.target as Element))
  const start = here === -1 ? articles.length : here
  const next = articles[event.key === 'ArrowUp' ? start - 1 : start + 1]
  if (!next) return
  event.preventDefault()
  next.focus()
}
