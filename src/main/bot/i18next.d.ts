import 'i18next'
import type alerts from '../../shared/i18n/en/alerts.json'
import type bot from '../../shared/i18n/en/bot.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'bot'
    resources: { alerts: typeof alerts; bot: typeof bot }
  }
}
