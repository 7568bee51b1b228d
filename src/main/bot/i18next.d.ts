import 'i18next'
import type bot from '../../shared/i18n/en/bot.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'bot'
    resources: { readonly bot: typeof bot }
  }
}
