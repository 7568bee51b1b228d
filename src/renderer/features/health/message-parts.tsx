import { useTranslation } from 'react-i18next'
import { Part } from './part'
import type { PartsProps } from './parts-props'
import { Sparkline } from './sparkline'
import { useSay } from './use-say'

/** The way of messages: Telegram, in, out. */
export function MessageParts({ facts, history, span, states }: PartsProps) {
  const { t } = useTranslation('health')
  const say = useSay()
  const { bot, inbox, outbox } = facts
  const charts = history === undefined ? null : { history, span }
  return (
    <>
      <Part
        title={t('part.telegram')}
        state={states.telegram}
        // The states of a bot are those that there are words for.
        words={t(`bot.${bot.state as 'receiving'}`)}
        facts={[[t('fact.lastAnswer'), bot.state === 'no-token' ? null : say.when(bot.lastAnsweredAt)]]}
      >
        {charts && <Sparkline {...charts} of="listening" kind="level" top={100} say={say.percent} />}
      </Part>
      <Part
        title={t('part.in')}
        state={states.in}
        facts={[
          [t('fact.waiting'), say.count(inbox.waiting)],
          [t('fact.oldest'), inbox.oldestAt === null ? null : say.when(inbox.oldestAt)],
          [t('fact.setAside'), say.count(inbox.setAside)],
        ]}
      >
        {charts && <Sparkline {...charts} of="updates" kind="sum" say={say.count} />}
      </Part>
      <Part
        title={t('part.out')}
        state={states.out}
        facts={[
          [t('fact.waiting'), say.count(outbox.waiting)],
          [t('fact.oldest'), outbox.oldestAt === null ? null : say.when(outbox.oldestAt)],
          [t('fact.unknown'), say.count(outbox.unknown)],
          [t('fact.failed'), say.count(outbox.failed)],
        ]}
      >
        {charts && <Sparkline {...charts} of="sends" kind="sum" say={say.count} />}
      </Part>
    </>
  )
}
