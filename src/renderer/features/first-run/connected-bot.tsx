import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BotState } from '../../../shared/model/bot-state'
import { Button } from '../../ui/button/button'
import classes from './first-run.module.css'

type Props = { readonly bot: BotState; readonly onNext: () => void; readonly onAnother: () => void }

/** The step when a bot is connected already: whose it is, and the way on. */
export function ConnectedBot({ bot, onNext, onAnother }: Props) {
  const { t } = useTranslation('guide')
  const isReceiving = bot.kind === 'receiving'
  const Mark = isReceiving ? IconCircleCheck : IconClock
  return (
    <>
      <p className={classes.connected} data-receiving={isReceiving} role="status">
        <Mark size={16} stroke={1.6} aria-hidden />
        {isReceiving ? t('bot.connected', { name: bot.name, username: bot.username }) : t('bot.connecting')}
      </p>
      <p>{isReceiving ? t('bot.connectedText') : t('bot.connectingText')}</p>
      <div className={classes.end}>
        <Button kind="primary" data-autofocus keyCap="↵" aria-keyshortcuts="Enter" onClick={onNext}>
          {t('continue')}
        </Button>
        <Button kind="ghost" onClick={onAnother}>
          {t('bot.another')}
        </Button>
      </div>
    </>
  )
}
