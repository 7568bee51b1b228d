/** Most units that can be added in one go. */
export const MOST_UNITS = 500
/** Longest name of a unit. */
export const LONGEST_UNIT_NAME = 120

/** What a line such as "1-40, Office 2.07" means: the names, and what is odd about them. */
export type UnitNames = {
  readonly names: readonly string[]
  /** Names given more than once, or there already; they are left out. */
  readonly repeated: readonly string[]
  /** The first name that is too long to be kept; null when all fit. */
  readonly tooLong: string | null
  readonly tooMany: boolean
}

const RANGE = /^(?<before>.*?)(?<first>\d{1,6})\s*[-–—]\s*(?<again>.*?)(?<last>\d{1,6})$/u

/** Reads names and ranges, separated by commas, semicolons or lines; leaves out what is there already. */
export function parseUnitNames(text: string, existing: readonly string[] = []): UnitNames {
  const seen = new Set(existing.map(sameName))
  const names: string[] = []
  const repeated: string[] = []
  for (const name of expandAll(text)) {
    if (seen.has(sameName(name))) repeated.push(name)
    else names.push(name)
    seen.add(sameName(name))
  }
  return {
    names: names.slice(0, MOST_UNITS),
    repeated,
    tooLong: names.find((name) => name.length > LONGEST_UNIT_NAME) ?? null,
    tooMany: names.length > MOST_UNITS,
  }
}

function sameName(name: string): string {
  return name.toLocaleLowerCase()
}

function* expandAll(text: string): Generator<string> {
  let left = MOST_UNITS * 2
  for (const piece of text.split(/[,;\n]/u)) {
    const name = piece.trim().replace(/\s+/gu, ' ')
    if (name === '') continue
    for (const expanded of expand(name)) {
      yield expanded
      left -= 1
      if (left === 0) return
    }
  }
}

/** Gives "Flat 1-3" as three names; anything that is no rising range stays one name, such as "12-3". */
function* expand(piece: string): Generator<string> {
  const range = readRange(piece)
  if (range === null) {
    yield piece
    return
  }
  for (let value = range.from; value <= range.to; value += 1) {
    yield range.before + String(value).padStart(range.width, '0')
  }
}

function readRange(piece: string): { before: string; from: number; to: number; width: number } | null {
  const { before, first, again, last } = RANGE.exec(piece)?.groups ?? {}
  if (before === undefined || first === undefined || again === undefined || last === undefined) return null
  // "Office 2.01-2.12" repeats the end of what stands before the number; anything else is a name.
  if (!before.endsWith(again)) return null
  const from = Number(first)
  const to = Number(last)
  if (from >= to) return null
  return { before, from, to, width: first.startsWith('0') ? first.length : 1 }
}
