/** A key press as Electron reports it before the page gets it. */
export type KeyPress = {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
}

const STEP = 0.5
const SMALLEST = -2
const LARGEST = 4

/**
 * The zoom level that a key press asks for; null when it asks for none. Electron's own menu would bring
 * these keys, and this program has no menu.
 */
export function zoomAfter(press: KeyPress, level: number, platform: NodeJS.Platform): number | null {
  const command = platform === 'darwin' ? press.meta : press.control
  if (press.type !== 'keyDown' || !command || press.alt) return null
  switch (press.key) {
    case '+':
    case '=':
      return Math.min(LARGEST, level + STEP)
    case '-':
    case '_':
      return Math.max(SMALLEST, level - STEP)
    case '0':
      return 0
    default:
      return null
  }
}
