import 'i18next'
import type { Catalogue } from '../../shared/i18n/catalogue'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk'
    resources: Catalogue
    returnNull: false
  }
}
