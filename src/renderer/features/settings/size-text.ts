import type { Language } from '../../../shared/model/vocabulary'

const UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** A size in the unit in which it is easiest to read: `340 kB`, `1.2 GB`. */
export function sizeText(bytes: number, language: Language): string {
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = value < 10 ? 1 : 0
  const style = { style: 'unit', unit: UNITS[unit], maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(language, style).format(value)
}
