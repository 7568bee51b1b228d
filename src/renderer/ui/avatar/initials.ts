const COLOURS = 6

/** The first letters of a name: of its first and last word, or the first two of a single word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = Array.from(words[0] ?? '')
  const last = words.length > 1 ? Array.from(words.at(-1) ?? '')[0] : first[1]
  return `${first[0] ?? ''}${last ?? ''}`.toUpperCase()
}

/** The colour of a person, the same every time for the same id. */
export function colourOf(id: string): number {
  let hash = 0
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) >>> 0
  return hash % COLOURS
}
