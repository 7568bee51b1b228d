import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneMessage, PracticePerson } from '../../../shared/model/practice'
import { initials } from '../../ui/avatar/initials'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { ChatLog } from './chat-log'
import { Composer } from './composer'
import { LinkMenu } from './link-menu'
import { Notice, useNotice } from './notice'
import classes from './phone.module.css'
import { useChat, usePhoneActions } from './use-practice-phone'

/** One person's phone: the bot's name, the chat, and where to write. */
export function Phone({ person }: { person: PracticePerson }) {
  const chat = useChat(person.telegramId)
  const { send, press, openLink } = usePhoneActions(person.telegramId)
  const [replyTo, setReplyTo] = useState<PhoneMessage | null>(null)
  const [notice, show] = useNotice()
  const messages = chat.data?.messages ?? []
  const botName = chat.data?.botName ?? ''
  return (
    <div className={classes.phone}>
      <Head botName={botName} onOpenLink={openLink.mutate} />
      <div className={classes.stage}>
        <ChatLog
          messages={messages}
          botName={botName}
          busy={chat.isPending}
          onReply={setReplyTo}
          onPress={(button) => {
            press.mutate(button, {
              onSuccess: (answer) => {
                show(answer.notice)
              },
            })
          }}
        />
        <Notice text={notice} />
      </div>
      <RefusalNote error={send.error ?? press.error ?? openLink.error ?? chat.error} />
      <Composer
        isNew={chat.isSuccess && messages.length === 0}
        replyTo={replyTo}
        onForgetReply={() => {
          setReplyTo(null)
        }}
        busy={send.isPending}
        onSend={send.mutateAsync}
      />
    </div>
  )
}

function Head({ botName, onOpenLink }: { botName: string; onOpenLink: (parameter: string) => void }) {
  const { t } = useTranslation('practice')
  return (
    <header className={classes.head}>
      <span className={classes.face} aria-hidden="true">
        {initials(botName)}
      </span>
      <div className={classes.bot}>
        <p>{botName}</p>
        <p>{t('bot')}</p>
      </div>
      <LinkMenu onOpen={onOpenLink} />
    </header>
  )
}
