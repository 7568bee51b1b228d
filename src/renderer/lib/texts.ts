import i18next, { type BackendModule, type TFunction } from 'i18next'
import { useSyncExternalStore } from 'react'
import enDesk from '../../shared/i18n/en/desk.json'
import enRefusal from '../../shared/i18n/en/refusal.json'
import ruDesk from '../../shared/i18n/ru/desk.json'
import ruRefusal from '../../shared/i18n/ru/refusal.json'
import { Refusal } from '../../shared/model/refusal'
import type { Language } from '../../shared/model/vocabulary'

/** Finds a text of the desk. */
export type DeskText = TFunction

type Texts = Readonly<Record<string, unknown>>

// The other namespaces come with the screens that use them.
const later = import.meta.glob<{ default: Texts }>([
  '../../shared/i18n/*/*.json',
  '!../../shared/i18n/*/{bot,desk,refusal}.json',
])

const files: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = later[`../../shared/i18n/${language}/${namespace}.json`]
    if (!load) {
      done(new Error(`No texts ${language}/${namespace}`), false)
      return
    }
    load().then(
      (file) => {
        done(null, file.default)
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), false)
      },
    )
  },
}

/** Loads the texts of the desk in a language, before the first thing is drawn. */
export function startTexts(language: Language): void {
  void i18next.use(files).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'ru'],
    ns: ['desk', 'refusal'],
    defaultNS: 'desk',
    resources: { en: { desk: enDesk, refusal: enRefusal }, ru: { desk: ruDesk, refusal: ruRefusal } },
    partialBundledLanguages: true,
    initAsync: false,
    returnNull: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  })
  document.documentElement.lang = language
}

/** Speaks another language from now on. */
export async function speak(language: Language): Promise<void> {
  if (i18next.language === language) return
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener)
  return () => {
    i18next.off('languageChanged', listener)
  }
}

const bound = new Map<string, DeskText>()

type Find = (...asked: readonly unknown[]) => string

/** A text without values is always the same: cards ask for the same few words hundreds of times. */
function remembering(t: DeskText): DeskText {
  // Safe: whatever is asked is handed on as it is, and the desk's texts are strings.
  const ask = t as unknown as Find
  const plain = new Map<unknown, string>()
  const find: Find = (...asked) => {
    if (asked.length > 1) return ask(...asked)
    const known = plain.get(asked[0]) ?? ask(...asked)
    plain.set(asked[0], known)
    return known
  }
  return find as unknown as DeskText
}

function deskText(): DeskText {
  const language = i18next.language
  const known = bound.get(language) ?? remembering(i18next.getFixedT(language, 'desk'))
  bound.set(language, known)
  return known
}

/** The texts of the desk in the language of now. */
export function useText(): DeskText {
  return useSyncExternalStore(subscribe, deskText)
}

/** The language of now. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

/** The language of now, for code outside components. */
export function currentLanguage(): Language {
  return i18next.language === 'ru' ? 'ru' : 'en'
}

/** The texts of the desk, for code outside components. */
export const currentText = deskText

/** What a "no" means, in words; the only place that says it. */
export function refusalText(error: unknown): string {
  const t = i18next.getFixedT(i18next.language, 'refusal')
  if (!(error instanceof Refusal)) return t('internal')
  return t(error.code, error.details)
}
