import type { ReactNode } from 'react'

/** Stands in a text where a value will be drawn, so that nothing in a value can be taken for markup. */
const FIRST_MARK = 0xe000

/** Placeholders for the values of a text, to be given to the translation in their place. */
export function marksFor<K extends string>(names: readonly K[]): Record<K, string> {
  const entries = names.map((name, index) => [name, String.fromCharCode(FIRST_MARK + index)])
  // Safe: one entry for each name.
  return Object.fromEntries(entries) as Record<K, string>
}

/** Draws a translated text whose `<b>` parts are strong and whose marks become values. */
export function RichText({ text, values }: { text: string; values: readonly string[] }): ReactNode {
  return text.split(/<b>(.*?)<\/b>/u).map((part, index) => {
    const filled = fill(part, values)
    // The parts have no identity but their position.
    return index % 2 === 1 ? <b key={index}>{filled}</b> : <span key={index}>{filled}</span>
  })
}

function fill(part: string, values: readonly string[]): string {
  return part.replace(/[\ue000-\ue00f]/gu, (mark) => values[mark.charCodeAt(0) - FIRST_MARK] ?? '')
}
