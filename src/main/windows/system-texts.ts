import type { Language } from '../../shared/model/vocabulary'
import type { EditTexts } from './edit-menu'
import type { SafePageTexts } from './safe-page'

/** The desk's language when nobody has chosen one: the first of the system's that there is a catalogue for. */
export function systemLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.split('-')[0]?.toLowerCase()
    if (primary === 'ru' || primary === 'en') return primary
  }
  return 'en'
}

// These few words are needed when the page with the catalogues can't be shown, so they stand here.

/** The words of the menu on a text field. */
export function editTexts(language: Language): EditTexts {
  if (language === 'ru') return { cut: 'Вырезать', copy: 'Копировать', paste: 'Вставить' }
  return { cut: 'Cut', copy: 'Copy', paste: 'Paste' }
}

/** The words of the page that is shown when the window keeps crashing. */
export function safePageTexts(language: Language): SafePageTexts {
  if (language === 'ru') {
    return {
      language,
      title: 'Окно закрывается раз за разом',
      paragraphs: [
        'Заявки в сохранности, и сообщения жильцов по-прежнему приходят: этим занимается другая часть программы.',
        'Попробуйте открыть доску снова. Если это повторится, перезапустите программу.',
      ],
      again: 'Открыть доску снова',
    }
  }
  return {
    language,
    title: 'The window keeps closing',
    paragraphs: [
      'Your requests are safe, and residents’ messages still arrive: another part of the program does that.',
      'Try to open the board again. If it happens once more, restart the program.',
    ],
    again: 'Open the board again',
  }
}
