import type { Language } from '../../shared/model/vocabulary'

/** The same words in each language of the program. */
export type Words = readonly [en: string, ru: string]

/** The words in one language. */
export function inLanguage([en, ru]: Words, language: Language): string {
  return language === 'ru' ? ru : en
}
