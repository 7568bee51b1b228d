import { createPen, type Scene } from './pen'
import { encodePng } from './png'
import { drawBarrier, drawBins, drawGate, drawLamp, drawStairs, drawWindow } from './scenes-around'
import { drawLift, drawLock, drawRadiator } from './scenes-rooms'
import { drawCeiling, drawLeak, drawMeter, drawRepaired } from './scenes-water'

const WIDTH = 320
const HEIGHT = 240

const scenes = {
  leak: drawLeak,
  ceiling: drawCeiling,
  lift: drawLift,
  lock: drawLock,
  radiator: drawRadiator,
  meter: drawMeter,
  repaired: drawRepaired,
  stairs: drawStairs,
  lamp: drawLamp,
  bins: drawBins,
  window: drawWindow,
  barrier: drawBarrier,
  gate: drawGate,
} as const satisfies Readonly<Record<string, Scene>>

/** One of the things that can be in a picture. */
type Motif = keyof typeof scenes

/** A picture of the practice building by its name: what is in it, and which of three takes it is. */
export type PictureName = `${Motif}-${0 | 1 | 2}`

/** Draws a picture as a PNG; the same name always gives the same bytes. */
export function samplePicture(name: PictureName): Uint8Array<ArrayBuffer> {
  const [motif, take] = name.split('-')
  const { pen, pixels } = createPen(WIDTH, HEIGHT)
  // The name's type says that its first part is a motif, which split forgets.
  scenes[motif as Motif](pen, Number(take))
  return encodePng(WIDTH, HEIGHT, pixels)
}
