import type { Scene } from './pen'

/** A dark stairwell with a dead lamp. */
export const drawStairs: Scene = (pen, variant) => {
  pen.background(['#454349', '#26252a'])
  pen.shape([0, 0, 240, 0, 240, 52, 0, 78], '#515057')
  const greys = ['#5b5855', '#524f4e', '#494647', '#403e41', '#38363b']
  for (const [step, grey] of greys.entries()) {
    const x = 20 + step * 32
    pen.rect([x, 158 - step * 22, 240 - x, 22], grey)
    pen.rect([x, 158 - step * 22, 240 - x, 2.5], '#8d867a', { alpha: 0.75 - step * 0.1 })
  }
  for (const x of [30, 78, 126, 174]) pen.line([x, 110 - x * 0.6, x, 172 - x * 0.6], 3, '#2c2b2f')
  pen.line([0, 112, 184, 0], 7, '#8a7048')
  pen.ellipse([200, 30], [17, 17], '#6a686c')
  pen.ellipse([200, 30], [13, 13], variant === 1 ? '#7d744f' : '#36353a')
  if (variant === 1) pen.ellipse([200, 30], [36, 30], '#f0d890', 0.12)
  pen.shape([240, 90 + variant * 14, 240, 180, 190, 180], '#d8c288', 0.16)
}

/** A ceiling lamp with one of its tubes out. */
export const drawLamp: Scene = (pen, variant) => {
  pen.background(['#c6beae', '#8f8776'])
  pen.shape([0, 180, 56, 108, 184, 108, 240, 180], '#6f6656')
  pen.rect([56, 34, 128, 74], '#b3aa98')
  pen.rect([94, 52, 30, 56], '#7c6b54')
  pen.ellipse([118, 82], [2, 2], '#d9c58f')
  pen.shape([40, 6, 200, 6, 176, 26, 64, 26], '#55514a')
  pen.shape([50, 9, 190, 9, 184, 14, 56, 14], variant === 1 ? '#6d685f' : '#f7e8b8')
  pen.shape([60, 17, 180, 17, 172, 22, 68, 22], variant === 2 ? '#f7e8b8' : '#6d685f')
  pen.shape([70, 26, 170, 26, 214, 150, 26, 150], '#f7e8b8', variant === 1 ? 0.05 : 0.16)
  pen.rect([140, 60, 30, 22], '#e9e3d5', { radius: 1 })
  pen.rect([144, 65, 22, 2.5], '#9b9484')
  pen.rect([144, 71, 16, 2.5], '#9b9484')
}

/** Bins that overflow in the yard. */
export const drawBins: Scene = (pen, variant) => {
  pen.background(['#bdb8ab', '#a19c8f'])
  for (const y of [28, 58, 88]) pen.rect([0, y, 240, 1.5], '#8f8a7d')
  for (const [row, y] of [0, 30, 60, 90].entries()) {
    for (let x = row % 2 === 0 ? 20 : 50; x < 240; x += 60) pen.rect([x, y, 1.5, 28], '#8f8a7d')
  }
  pen.rect([0, 120, 240, 60], '#6b675e')
  pen.ellipse([106, 156], [92, 8], '#3c3a34', 0.4)
  pen.ellipse([148, 52], [26, 20], '#26262a')
  pen.ellipse([132, 56], [14, 12], '#33333a')
  pen.rect([30, 62, 70, 92], ['#4a6a55', '#38513f'], { radius: 4 })
  pen.rect([112, 62, 70, 92], ['#52647b', '#3f4e62'], { radius: 4 })
  pen.shape([26, 62, 104, 62, 96, 50 - variant * 4, 34, 50 - variant * 4], '#2f4436')
  pen.rect([108, 60, 78, 5], '#35425a', { radius: 2 })
  for (const x of [42, 88, 124, 170]) pen.ellipse([x, 155], [6, 6], '#26231f')
  pen.ellipse([206, 138], [20, 19], '#2a2927')
  pen.ellipse([206, 120], [5, 4], '#2a2927')
  pen.shape([16, 158, 48, 158, 48, 142, 20, 138], '#c8a878')
  if (variant > 0) pen.ellipse([226, 150], [12, 10], '#e4ded0')
}

/** Where the cracks of a pane end. */
const CRACKS = [
  [132, 26],
  [218, 42],
  [130, 120],
  [192, 160],
  [220, 112],
  [164, 20],
] as const

/** A window pane with a crack. */
export const drawWindow: Scene = (pen, variant) => {
  pen.background(['#9fb6c4', '#d7dfe0'])
  pen.ellipse([70, 150], [90, 46], '#7f8e80')
  pen.ellipse([190, 152], [80, 50], '#8b9a8a')
  if (variant === 1) pen.rect([140, 84, 44, 80], '#a39684')
  for (const x of [0, 110, 222]) pen.rect([x, 0, 18, 180], '#ece7da')
  for (const y of [0, 164]) pen.rect([0, y, 240, 16], '#ece7da')
  pen.rect([108, 84, 6, 22], '#8f8a7c', { radius: 2 })
  const [x, y] = [172 - variant * 12, 84 + variant * 10]
  for (const [toX, toY] of CRACKS) pen.line([x, y, toX, toY], 1.6, '#ffffff', 0.95)
  pen.line(
    [
      x - 22,
      y - 20,
      x - 4,
      y - 34,
      x + 22,
      y - 20,
      x + 30,
      y + 6,
      x + 10,
      y + 26,
      x - 20,
      y + 20,
      x - 22,
      y - 20,
    ],
    1.2,
    '#ffffff',
    0.8,
  )
  pen.ellipse([x, y], [3, 3], '#40505a', 0.7)
}

/** The barrier of a car park with its arm broken. */
export const drawBarrier: Scene = (pen, variant) => {
  pen.background(['#c9d6dd', '#eae6da'])
  pen.shape([0, 84, 80, 84, 80, 50, 126, 50, 126, 84, 240, 84, 240, 104, 0, 104], '#8e968f')
  pen.rect([0, 104, 240, 76], '#77746d')
  pen.shape([92, 180, 116, 104, 128, 104, 150, 180], '#8f8b83')
  pen.line([40, 96, 158, 76], 13, '#f2efe6')
  for (const x of [58, 88, 118, 146])
    pen.line([x, 93 - (x - 58) * 0.17, x + 8, 92 - (x - 58) * 0.17], 12, '#b33a2c')
  const drop = 44 + variant * 12
  pen.line([162, 80, 162 + 44, 80 + drop], 13, '#f2efe6')
  pen.line([174, 80 + drop * 0.3, 180, 80 + drop * 0.42], 12, '#b33a2c')
  pen.line([192, 80 + drop * 0.72, 197, 80 + drop * 0.83], 12, '#b33a2c')
  pen.line([156, 72, 164, 80, 157, 87], 3, '#4a463d')
  pen.rect([28, 82, 28, 66], ['#e0ad3f', '#c4922b'], { radius: 3 })
  pen.rect([32, 90, 20, 12], '#3a372f', { radius: 1 })
}

/** A garage gate that stopped halfway. */
export const drawGate: Scene = (pen, variant) => {
  pen.background(['#cfc6b4', '#b3a994'])
  pen.rect([0, 152, 240, 28], '#77736a')
  pen.rect([30, 20, 180, 132], '#2c2b2a')
  pen.shape([60, 152, 96, 108, 150, 108, 186, 152], '#45423f')
  pen.rect([92, 100, 62, 30], '#7d3f36', { radius: 8 })
  pen.rect([104, 92, 38, 18], '#9fb1ba', { radius: 5 })
  pen.ellipse([104, 124], [5, 4], '#f3e3a6')
  pen.ellipse([142, 124], [5, 4], '#f3e3a6')
  const open = 62 + variant * 8
  pen.rect([30, 20, 180, open], ['#8d9aa0', '#76848b'])
  for (let y = 32; y < 20 + open; y += 13) pen.rect([30, y, 180, 2], '#5d6a71')
  pen.rect([30, 16 + open, 180, 5], '#d9a433')
  pen.rect([22, 14, 8, 138], '#a39a87')
  pen.rect([210, 14, 8, 138], '#a39a87')
}
