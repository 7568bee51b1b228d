import type { Pen, Scene } from './pen'

/** Where the trap under a sink runs. */
const TRAP = [113, 28, 113, 96, 118, 112, 132, 119, 147, 112, 152, 96, 156, 88, 240, 88]

function moved(points: readonly number[], right: number, down: number): number[] {
  return points.map((value, index) => value + (index % 2 === 0 ? right : down))
}

/** The trap under a kitchen sink, dripping into a puddle. */
export const drawLeak: Scene = (pen, variant) => {
  pen.background(['#7f6f59', '#544838'])
  pen.rect([0, 0, 240, 26], '#cfc7b8')
  pen.rect([0, 26, 240, 5], '#94887a')
  pen.shape([0, 134, 240, 120, 240, 180, 0, 180], '#8b7a60')
  pen.line([0, 134, 240, 120], 2, '#5f513e')
  pen.line([54, 26, 48, 70, 58, 110, 52, 134], 6, '#a9a9a6')
  pen.line(moved(TRAP, 4, 5), 20, '#3c3226', 0.4)
  pen.line(TRAP, 18, '#dcd6ca')
  pen.line(moved(TRAP, -2, -3), 4, '#f6f3ec', 0.8)
  pen.rect([100, 50, 27, 13], '#eae5d9', { radius: 2 })
  pen.rect([100, 86, 27, 10], '#c9c3b6', { radius: 2 })
  pen.rect([168, 77, 12, 24], '#c9c3b6', { radius: 2 })
  pen.ellipse([126 + variant * 5, 155], [70 + variant * 8, 16], '#8aa5b1', 0.92)
  pen.ellipse([114 + variant * 5, 151], [36, 5], '#dbe7eb', 0.65)
  for (let drop = 0; drop < 2 + variant; drop += 1) {
    pen.ellipse([132 + (drop % 2) * 3, 127 + drop * 8], [2.6, 4], '#c3d8e0')
  }
  if (variant !== 1) bucket(pen, 200, 124)
}

function bucket(pen: Pen, x: number, y: number): void {
  pen.shape([x, y, x + 34, y, x + 30, y + 34, x + 4, y + 34], ['#b04e40', '#8f3b30'])
  pen.ellipse([x + 17, y], [17, 4], '#6b2b22')
}

/** The new trap under the sink, dry. */
export const drawRepaired: Scene = (pen, variant) => {
  pen.background(['#8a7a63', '#5f5240'])
  pen.rect([0, 0, 240, 26], '#d6cfc1')
  pen.rect([0, 26, 240, 5], '#94887a')
  pen.shape([0, 134, 240, 124, 240, 180, 0, 180], '#96856a')
  pen.line(TRAP, 18, variant === 1 ? '#b9c0c4' : '#f4f2ec')
  pen.line(moved(TRAP, -2, -3), 4, '#ffffff', 0.9)
  pen.rect([99, 52, 29, 14], '#3f6d58', { radius: 3 })
  pen.rect([99, 86, 29, 11], '#3f6d58', { radius: 3 })
  pen.rect([168, 76, 13, 25], '#3f6d58', { radius: 3 })
  pen.shape([24, 150, 84, 144, 92, 162, 30, 170], '#d9a433')
  pen.shape([30, 153, 80, 148, 82, 152, 32, 158], '#f0c463')
}

/** A stain that grows on a ceiling beside a smoke detector. */
export const drawCeiling: Scene = (pen, variant) => {
  pen.background(['#efece4', '#d3cec1'])
  pen.shape([0, 180, 40, 128, 200, 128, 240, 180], '#b9b2a1')
  pen.line([40, 128, 40, 0], 2, '#bdb7a8')
  pen.line([200, 128, 200, 0], 2, '#bdb7a8')
  const shift = variant * 12
  pen.ellipse([126 + shift, 52], [54, 32], '#b1935f', 0.5)
  pen.ellipse([98 + shift, 64], [30, 26], '#b1935f', 0.45)
  pen.ellipse([124 + shift, 54], [42, 24], '#dcc9a2', 0.75)
  pen.ellipse([100 + shift, 64], [20, 17], '#dcc9a2', 0.7)
  pen.ellipse([132 + shift, 50], [16, 9], '#c4a873', 0.6)
  pen.ellipse([62, 100], [13, 13], '#d6d0c3')
  pen.ellipse([62, 99], [11, 11], '#fbfaf6')
  pen.ellipse([62, 99], [2.5, 2.5], '#b8402f')
  for (let drop = 0; drop <= variant; drop += 1)
    pen.line([116 + drop * 14, 92, 116 + drop * 14, 100 + drop * 6], 2, '#8fa3ac')
}

/** A water meter with its red tap. */
export const drawMeter: Scene = (pen, variant) => {
  pen.background(['#d8d2c4', '#b0a896'])
  pen.rect([0, 108, 240, 20], '#8c8f90')
  pen.rect([0, 110, 240, 5], '#c9cccc')
  pen.ellipse([122, 97], [51, 51], '#5d5644', 0.35)
  pen.ellipse([118, 92], [50, 50], variant === 1 ? '#7d3a31' : '#2f4a6a')
  pen.ellipse([118, 92], [41, 41], '#f1eee6')
  pen.rect([90, 72, 56, 16], '#26231e', { radius: 2 })
  for (let digit = 0; digit < 5; digit += 1) pen.rect([94 + digit * 10, 75, 6, 10], '#f1eee6', { radius: 1 })
  pen.ellipse([118, 110], [12, 12], '#8f2d24')
  pen.ellipse([118, 110], [10, 10], '#f1eee6')
  pen.line([118, 110, 118 + 6 - variant * 5, 103], 2, '#8f2d24')
  pen.rect([196, 66, 22, 42], '#a83f33')
  pen.line([186, 64, 228, 64], 10, '#b94a3c')
}
