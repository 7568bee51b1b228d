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

/** Words of a box with a title. */
export type ErrorTexts = { readonly title: string; readonly text: string }

/** The words when the program has ended by an error again and again. */
export function errorTexts(language: Language): ErrorTexts {
  if (language === 'ru') {
    return {
      title: 'Программа остановилась',
      text: 'Три раза подряд произошла ошибка, поэтому программа остановилась. Заявки в сохранности, новые сообщения ждут в Telegram до суток. Запустите программу снова; если это повторится, пришлите нам папку logs.',
    }
  }
  return {
    title: 'The program has stopped',
    text: 'An error happened three times in a row, so the program has stopped. Your requests are safe, and new messages wait at Telegram for up to a day. Start it again; if this happens once more, send us the folder logs.',
  }
}

/** The words of the question whether to wait for a window that does not respond. */
export type HangTexts = {
  readonly message: string
  readonly detail: string
  readonly again: string
  readonly wait: string
}

/** The words when the window does not respond. */
export function hangTexts(language: Language): HangTexts {
  if (language === 'ru') {
    return {
      message: 'Окно не отвечает',
      detail: 'Сообщения жильцов по-прежнему приходят. Если открыть доску заново, начатый текст сохранится.',
      again: 'Открыть доску заново',
      wait: 'Подождать',
    }
  }
  return {
    message: 'The window does not respond',
    detail:
      'Residents’ messages still arrive. If you open the board anew, what you have begun to write is kept.',
    again: 'Open the board anew',
    wait: 'Wait',
  }
}
