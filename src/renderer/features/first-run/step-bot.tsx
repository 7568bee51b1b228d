import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppState } from '../../lib/app-state'
import { Button } from '../../ui/button/button'
import { TokenForm } from '../../ui/connect-bot/token-form'
import { useTokenStorage } from '../../ui/connect-bot/use-connect-bot'
import { BotFatherSteps } from './bot-father-steps'
import { ConnectedBot } from './connected-bot'
import classes from './first-run.module.css'
import { PracticeCard } from './practice-card'
import { StepHead } from './step-head'
import type { StepProps } from './steps'

/** The second step: the bot that residents write to, or a look around first. */
export function StepBot({ onNext, onBack }: StepProps) {
  const { t } = useTranslation('guide')
  const { bot } = useAppState()
  const [another, setAnother] = useState(false)
  const storage = useTokenStorage()
  const isConnected = bot.kind !== 'no-token' && !another
  return (
    <>
      <StepHead title={t('bot.title')} lead={t('bot.lead')} />
      <div className={classes.two}>
        <section className={classes.option} aria-labelledby="guide-connect">
          <h2 id="guide-connect">{t('bot.connect')}</h2>
          {isConnected ? (
            <ConnectedBot
              bot={bot}
              onNext={onNext}
              onAnother={() => {
                setAnother(true)
              }}
            />
          ) : (
            <>
              <p>{t('bot.takes')}</p>
              <BotFatherSteps />
              <div className={classes.form}>
                <TokenForm size="lg" connect={t('bot.connectAndContinue')} onConnected={onNext} />
              </div>
            </>
          )}
        </section>
        <PracticeCard />
      </div>
      {storage.data?.protected === true ? (
        <p className={classes.foot}>
          <IconLock size={14} stroke={1.6} aria-hidden />
          {t('bot.kept')}
        </p>
      ) : null}
      <div className={classes.buttons}>
        <Button kind="ghost" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </>
  )
}
