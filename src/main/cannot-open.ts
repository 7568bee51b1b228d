import type { Language } from '../shared/model/vocabulary'
import { MigrationError, type MigrationErrorCode } from './db/migrations/errors'

type Words = { readonly title: string; readonly text: string }

// These words are needed when there is no desk yet that could show a catalogue's.

const english: Readonly<Record<MigrationErrorCode, string>> = {
  'foreign-database': 'The file dispatcher.db in the data folder belongs to another program.',
  'newer-database': 'The data was written by a newer version of this program. Install that version to go on.',
  'broken-ledger': 'The list of upgrades inside the data contradicts itself.',
  'changed-history': 'The data was upgraded by a version of this program that differs from this one.',
  'bad-target': 'The upgrade asks for a version that does not exist.',
  'bad-migration-files': 'This program is incomplete: install it again.',
  'not-reversible': 'The data can not be brought back to this version.',
  'not-enough-space': 'There is not enough room on the disk for the copy that is made before an upgrade.',
  'copy-failed': 'The copy that is made before an upgrade could not be made.',
  'migration-failed': 'The upgrade of the data did not succeed.',
}

const russian: Readonly<Record<MigrationErrorCode, string>> = {
  'foreign-database': 'Файл dispatcher.db в папке данных принадлежит другой программе.',
  'newer-database': 'Данные записаны более новой версией программы. Чтобы продолжить, установите её.',
  'broken-ledger': 'Список обновлений внутри данных противоречит сам себе.',
  'changed-history': 'Данные обновляла версия программы, которая отличается от этой.',
  'bad-target': 'Обновление ведёт к версии, которой нет.',
  'bad-migration-files': 'Программа неполна: установите её заново.',
  'not-reversible': 'Данные нельзя вернуть к этой версии.',
  'not-enough-space': 'На диске не хватает места для копии, которая делается перед обновлением.',
  'copy-failed': 'Не удалось сделать копию, которая делается перед обновлением.',
  'migration-failed': 'Обновление данных не удалось.',
}

/** What people read when the data can't be opened. Nothing has been changed then, and nothing is ever deleted. */
export function cannotOpen(error: unknown, language: Language, folder: string): Words {
  const isRussian = language === 'ru'
  const reason = error instanceof MigrationError ? (isRussian ? russian : english)[error.code] : null
  const unknown = isRussian
    ? 'Файл с данными не удалось открыть.'
    : 'The file with the data could not be opened.'
  const kept = isRussian
    ? `Ничего не изменено, данные лежат здесь: ${folder}`
    : `Nothing was changed. The data is here: ${folder}`
  const title = isRussian ? 'Данные не открываются' : 'The data can not be opened'
  return { title, text: `${reason ?? unknown}\n\n${kept}` }
}
