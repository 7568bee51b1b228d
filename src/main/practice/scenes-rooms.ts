import type { Pen, Scene } from './pen'

/** A lift whose door stands open between two floors. */
export const drawLift: Scene = (pen, variant) => {
  pen.background(['#c9c2b3', '#a19987'])
  pen.rect([0, 158, 240, 22], '#5a5247')
  pen.rect([46, 18, 132, 142], '#3d3a35')
  pen.rect([52, 24, 120, 136], '#e8d8a6')
  pen.rect([52, 118 + variant * 10, 120, 42 - variant * 10], '#8d7b4d')
  pen.line([52, 100, 172, 100], 3, '#b39f66')
  const gap = 26 + variant * 8
  pen.rect([52, 24, 60 - gap / 2, 136], ['#9da3a6', '#81888c'])
  pen.rect([112 + gap / 2, 24, 60 - gap / 2, 136], ['#aab0b3', '#868d91'])
  pen.rect([60, 24, 5, 136], '#ffffff', { alpha: 0.22 })
  pen.rect([158, 24, 5, 136], '#ffffff', { alpha: 0.22 })
  pen.rect([92, 3, 40, 12], '#211f1b', { radius: 2 })
  pen.shape([100, 12, 106, 6, 112, 12], '#ff9a5c')
  pen.line([118, 7, 118, 12], 2, '#ff9a5c')
  pen.line([123, 7, 123, 12], 2, '#ff9a5c')
  pen.rect([192, 76, 18, 36], '#8b9296', { radius: 3 })
  pen.ellipse([201, 87], [5, 5], '#f3c04e')
  pen.ellipse([201, 101], [5, 5], '#d9d6cd')
}

/** A front door with scratches around its lock. */
export const drawLock: Scene = (pen, variant) => {
  const [light, dark] = variant === 1 ? (['#8a6f55', '#66503b'] as const) : (['#6b8377', '#4c6156'] as const)
  pen.background([light, dark])
  pen.rect([150, -4, 100, 78], '#000000', { alpha: 0.13 })
  pen.rect([150, 98, 100, 90], '#000000', { alpha: 0.13 })
  pen.rect([0, 0, 28, 180], '#c9bfa9')
  pen.rect([28, 0, 4, 180], '#2a342e')
  pen.rect([20, 60, 9, 58], '#8d8676')
  pen.rect([74, 30, 40, 132], '#1d2621', { radius: 5, alpha: 0.4 })
  pen.rect([66, 22, 40, 134], ['#f1ede2', '#a7a192'], { radius: 5 })
  pen.ellipse([86, 32], [3.4, 3.4], '#77705f')
  pen.ellipse([86, 147], [3.4, 3.4], '#77705f')
  drawHandle(pen, variant === 2 ? 12 : 0)
  drawCylinder(pen)
  for (let scratch = 0; scratch < 3 + variant; scratch += 1) {
    const y = 92 + scratch * 9
    pen.line([106 + scratch * 2, y, 118 + scratch * 3, y - 5], 1.2, '#d8d1bf', 0.8)
  }
}

function drawHandle(pen: Pen, sag: number): void {
  pen.line([90, 70, 164, 72 + sag], 13, '#1d2621', 0.35)
  pen.ellipse([86, 62], [13, 13], '#9a9484')
  pen.line([86, 62, 159, 63 + sag], 14, '#e6e2d8')
  pen.line([86, 59, 158, 60 + sag], 3, '#ffffff', 0.9)
}

function drawCylinder(pen: Pen): void {
  pen.ellipse([86, 112], [14, 17], '#5b5547')
  pen.ellipse([86, 108], [9.5, 9.5], '#c6a455')
  pen.rect([84.4, 101, 3.2, 13], '#1b160b', { radius: 1.5 })
}

/** A radiator below a window. */
export const drawRadiator: Scene = (pen, variant) => {
  pen.background(['#d9d0bd', '#bdb29c'])
  pen.rect([40, -10, 160, 70], variant === 1 ? '#6f8294' : '#a9bccb')
  pen.rect([116, -10, 8, 70], '#f2efe7')
  pen.rect([40, 22, 160, 8], '#f2efe7')
  pen.rect([28, 58, 184, 9], '#f7f4ec')
  pen.rect([28, 67, 184, 4], '#a89d86', { alpha: 0.5 })
  pen.line([24, 92, 46, 92], 6, '#bfb8a8')
  pen.line([24, 148, 46, 148], 6, '#bfb8a8')
  for (let rib = 0; rib < 8; rib += 1) {
    pen.rect([45 + rib * 19, 86, 15, 72], '#8f8571', { radius: 5, alpha: 0.35 })
    pen.rect([44 + rib * 19, 84, 15, 72], ['#f8f5ee', '#e3ddd0'], { radius: 5 })
  }
  pen.ellipse([28, 92], [9, 9], variant === 2 ? '#4a6886' : '#9c3d30')
  pen.rect([0, 164, 240, 16], '#7d6b50')
}
