import type { AppState } from '../../shared/ipc/contract'
import { useAppState } from '../lib/app-state'
import { useNow } from '../lib/now'
import { type DeskText, useLanguage, useText } from '../lib/texts'
import { exactTime, happenedAt } from '../lib/time'
import type { Language } from '../../shared/model/vocabulary'
import { classNames } from '../ui/class-names'
import { Hinted } from '../ui/hinted/hinted'
import classes from './bot-badge.module.css'

type Badge = { readonly look: 'on' | 'off' | 'idle'; readonly text: string; readonly exact?: () => string }

function readBadge(
  { bot, practice, conditions }: AppState,
  t: DeskText,
  language: Language,
  now: number,
): Badge {
  // There may well be a bot; nobody works with it meanwhile.
  if (conditions.readOnly !== null) return { look: 'idle', text: t('bot.readOnly') }
  switch (bot.kind) {
    case 'receiving': {
      const exact = () => t('bot.receivingExact', { ...bot, since: exactTime(bot.since, language) })
      return { look: 'on', text: practice ? t('bot.practice') : t('bot.receiving'), exact }
    }
    case 'starting':
    case 'no-token':
      return { look: 'idle', text: t(`bot.${bot.kind}`) }
    default:
      return {
        look: 'off',
        text: t(`bot.${bot.kind}`, { since: happenedAt(bot.since, now, language, t) }),
        exact: () => exactTime(bot.since, language),
      }
  }
}

/** Whether messages reach this computer; always in sight. */
export function BotBadge() {
  const badge = readBadge(useAppState(), useText(), useLanguage(), useNow())
  return (
    <Hinted
      className={classNames(classes.bot, classes[badge.look])}
      hint={badge.exact ?? (() => '')}
      role="status"
    >
      <i aria-hidden="true" />
      {badge.text}
    </Hinted>
  )
}
