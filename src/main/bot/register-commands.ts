import type { Api } from 'grammy'
import { Language } from '../../shared/model/vocabulary'
import { textsIn } from './texts'

/** Tells Telegram the bot's commands, in every language. */
export async function registerCommands(api: Pick<Api, 'setMyCommands'>): Promise<void> {
  for (const language of Language.options) {
    const t = textsIn(language)
    const commands = [
      { command: 'new', description: t('commandNew') },
      { command: 'my', description: t('commandMy') },
      { command: 'jobs', description: t('commandJobs') },
      { command: 'help', description: t('commandHelp') },
    ]
    // English is for everybody whose language has no catalogue.
    await api.setMyCommands(commands, language === 'en' ? {} : { language_code: language })
  }
}
