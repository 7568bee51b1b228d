/** How the icon beside the clock looks: as always, or with a mark. */
export type TrayLook = 'well' | 'warning' | 'critical'

type Colour = readonly [blue: number, green: number, red: number]

const PLATE: Colour = [0x7b, 0x5a, 0x2f]
const PAPER: Colour = [0xff, 0xff, 0xff]
const MARKS: Readonly<Record<Exclude<TrayLook, 'well'>, Colour>> = {
  warning: [0x12, 0x9a, 0xe8],
  critical: [0x2c, 0x2c, 0xd0],
}

/**
 * The icon as pixels, so that no file has to be found beside the program: a round plate with a paper square, and a
 * mark in its corner when something is wrong. Four bytes a pixel, blue first.
 */
export function trayBitmap(size: number, look: TrayLook): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const colour = colourAt((x + 0.5) / size, (y + 0.5) / size, look)
      if (colour !== null) pixels.set([...colour, 0xff], (y * size + x) * 4)
    }
  }
  return pixels
}

function colourAt(x: number, y: number, look: TrayLook): Colour | null {
  const within = (centreX: number, centreY: number, radius: number) =>
    Math.hypot(x - centreX, y - centreY) <= radius
  if (look !== 'well' && within(0.75, 0.25, 0.24)) return MARKS[look]
  if (look !== 'well' && within(0.75, 0.25, 0.31)) return null
  if (Math.abs(x - 0.5) < 0.17 && Math.abs(y - 0.54) < 0.17) return PAPER
  return within(0.5, 0.5, 0.48) ? PLATE : null
}
