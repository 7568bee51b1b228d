import type { Language } from '../../shared/model/vocabulary'

/** Each language by its own name: whoever looks for a language reads that one. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' }
