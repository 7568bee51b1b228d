/** A point in the picture's own units: 240 across, 180 down, whatever the pixels are. */
type Point = readonly [x: number, y: number]
/** `#rrggbb`, or two of them for a shade that runs from the top of the shape to its bottom. */
type Paint = string | readonly [top: string, bottom: string]
/** How far a point lies outside of a shape, in units; negative inside. */
type Distance = (x: number, y: number) => number
type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
type Rgb = readonly [number, number, number]

const UNITS_ACROSS = 240
const UNITS_DOWN = 180

/** Draws smooth flat shapes, each over the ones before. `alpha` is from 0 to 1. */
export type Pen = {
  readonly background: (paint: Paint) => void
  readonly rect: (
    at: readonly [x: number, y: number, width: number, height: number],
    paint: Paint,
    look?: { readonly radius?: number; readonly alpha?: number },
  ) => void
  readonly ellipse: (centre: Point, radii: Point, paint: Paint, alpha?: number) => void
  /** Points are given flat: x, y, x, y… */
  readonly line: (points: readonly number[], width: number, paint: Paint, alpha?: number) => void
  readonly shape: (corners: readonly number[], paint: Paint, alpha?: number) => void
}

/** Draws one motif; `variant` moves and colours details, so that two pictures of one thing are two pictures. */
export type Scene = (pen: Pen, variant: number) => void

/** Creates a pen over fresh pixels, three bytes each. */
export function createPen(width: number, height: number): { readonly pen: Pen; readonly pixels: Uint8Array } {
  const pixels = new Uint8Array(width * height * 3)
  const scale = width / UNITS_ACROSS

  const fill = (box: Box, distance: Distance, paint: Paint, alpha: number) => {
    const shade = shadeOf(paint, box)
    const last = {
      x: Math.min(width, Math.ceil(box.right * scale) + 1),
      y: Math.min(height, Math.ceil(box.bottom * scale) + 1),
    }
    for (let y = Math.max(0, Math.floor(box.top * scale) - 1); y < last.y; y += 1) {
      const colour = shade((y + 0.5) / scale)
      for (let x = Math.max(0, Math.floor(box.left * scale) - 1); x < last.x; x += 1) {
        // The edge takes one pixel, half of it on each side.
        const covered = Math.min(1, Math.max(0, 0.5 - distance((x + 0.5) / scale, (y + 0.5) / scale) * scale))
        if (covered > 0) blend(pixels, (y * width + x) * 3, colour, covered * alpha)
      }
    }
  }

  const pen: Pen = {
    background: (paint) => {
      fill({ left: 0, top: 0, right: UNITS_ACROSS, bottom: UNITS_DOWN }, () => -1, paint, 1)
    },
    rect: ([left, top, across, down], paint, { radius = 0, alpha = 1 } = {}) => {
      const box = { left, top, right: left + across, bottom: top + down }
      fill(box, roundedBox(box, radius), paint, alpha)
    },
    ellipse: ([x, y], [across, down], paint, alpha = 1) => {
      const box = { left: x - across, top: y - down, right: x + across, bottom: y + down }
      fill(box, ellipse([x, y], [across, down]), paint, alpha)
    },
    line: (points, thickness, paint, alpha = 1) => {
      const path = pointsOf(points)
      fill(grown(boxOf(path), thickness / 2), polyline(path, thickness / 2), paint, alpha)
    },
    shape: (points, paint, alpha = 1) => {
      const corners = pointsOf(points)
      fill(boxOf(corners), polygon(corners), paint, alpha)
    },
  }
  return { pen, pixels }
}

function blend(pixels: Uint8Array, at: number, colour: Rgb, alpha: number): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const under = pixels[at + channel] ?? 0
    pixels[at + channel] = Math.round(under + ((colour[channel] ?? 0) - under) * alpha)
  }
}

function shadeOf(paint: Paint, { top, bottom }: Box): (y: number) => Rgb {
  if (typeof paint === 'string') {
    const colour = rgb(paint)
    return () => colour
  }
  const [from, to] = [rgb(paint[0]), rgb(paint[1])]
  return (y) => {
    const part = Math.min(1, Math.max(0, (y - top) / (bottom - top)))
    return [mix(from[0], to[0], part), mix(from[1], to[1], part), mix(from[2], to[2], part)]
  }
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part
}

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

function pointsOf(flat: readonly number[]): Point[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[index * 2] ?? 0,
    flat[index * 2 + 1] ?? 0,
  ])
}

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
}

function roundedBox({ left, top, right, bottom }: Box, radius: number): Distance {
  const [centreX, centreY] = [(left + right) / 2, (top + bottom) / 2]
  const [halfX, halfY] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius]
  return (x, y) => {
    const outX = Math.abs(x - centreX) - halfX
    const outY = Math.abs(y - centreY) - halfY
    const outside = Math.hypot(Math.max(outX, 0), Math.max(outY, 0))
    return outside + Math.min(Math.max(outX, outY), 0) - radius
  }
}

function ellipse([centreX, centreY]: Point, [across, down]: Point): Distance {
  return (x, y) => {
    const [dx, dy] = [x - centreX, y - centreY]
    const near = Math.hypot(dx / across, dy / down)
    const steep = Math.hypot(dx / across ** 2, dy / down ** 2)
    return steep === 0 ? -Math.min(across, down) : (near * (near - 1)) / steep
  }
}

function polyline(points: readonly Point[], half: number): Distance {
  const segments = points.slice(1).map((to, index) => [points[index] ?? to, to] as const)
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY
    for (const [from, to] of segments) nearest = Math.min(nearest, toSegment(x, y, from, to))
    return nearest - half
  }
}

function toSegment(x: number, y: number, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY]
  const length = alongX ** 2 + alongY ** 2
  const part = length === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / length
  const clamped = Math.min(1, Math.max(0, part))
  return Math.hypot(x - fromX - alongX * clamped, y - fromY - alongY * clamped)
}

function polygon(corners: readonly Point[]): Distance {
  const edges = corners.map((to, index) => [corners.at(index - 1) ?? to, to] as const)
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY
    let inside = false
    for (const [from, to] of edges) {
      nearest = Math.min(nearest, toSegment(x, y, from, to))
      if (crosses(x, y, from, to)) inside = !inside
    }
    return inside ? -nearest : nearest
  }
}

/** Whether a ray from the point to the right meets the edge. */
function crosses(x: number, y: number, [fromX, fromY]: Point, [toX, toY]: Point): boolean {
  if (fromY > y === toY > y) return false
  return x < fromX + ((toX - fromX) * (y - fromY)) / (toY - fromY)
}
