import { strict as assert } from 'node:assert'
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const INDEXED = 3
const BYTES = { 2: 3, 6: 4 }
const COLOURS = 256
const ROUNDS = 6
/** So many of the most frequent colours are kept exactly: surfaces, text and marks. The rest share what is left. */
const EXACT = 96

/** The chunks of a PNG file. */
function chunksOf(png) {
  assert.deepEqual(png.subarray(0, 8), SIGNATURE, 'not a PNG')
  const chunks = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const name = png.toString('latin1', at + 4, at + 8)
    chunks.push({ name, data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

function paeth(left, up, corner) {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - 2 * corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** What each of PNG's five filters expects a byte to be, from its neighbours. */
const EXPECTATIONS = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => paeth(left, up, corner),
]

/** The picture's colours, one number for each pixel. */
function pixelsOf(png) {
  const chunks = chunksOf(png)
  const header = chunks.find(({ name }) => name === 'IHDR').data
  const step = BYTES[header[9]]
  assert.ok(header[8] === 8 && step !== undefined && header[12] === 0, 'not a PNG as Chromium makes it')
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const stride = width * step
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))
  const filtered = inflateSync(packed)
  const rows = Buffer.alloc(height * stride)
  for (let at = 0; at < rows.length; at += 1) {
    const x = at % stride
    const y = (at - x) / stride
    const left = x < step ? 0 : rows[at - step]
    const up = y === 0 ? 0 : rows[at - stride]
    const corner = x < step || y === 0 ? 0 : rows[at - stride - step]
    rows[at] = filtered[at + y + 1] + EXPECTATIONS[filtered[y * (stride + 1)]](left, up, corner)
  }
  const pixels = Uint32Array.from({ length: width * height }, (_, index) => rows.readUIntBE(index * step, 3))
  return { width, height, pixels }
}

const channelsOf = (colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]

/** Halves the box with the widest range of a channel until there are enough: median cut. */
function averages(colours, counts, count) {
  const boxes = [colours]
  while (boxes.length < count) {
    const widest = boxes
      .map((box, index) => ({ index, box, ...widestChannel(box) }))
      .reduce((a, b) => (b.range > a.range ? b : a))
    if (widest.range <= 0) break
    const { box, channel, index } = widest
    box.sort((a, b) => channelsOf(a)[channel] - channelsOf(b)[channel])
    boxes.splice(index, 1, box.slice(0, box.length >> 1), box.slice(box.length >> 1))
  }
  return boxes.filter((box) => box.length > 0).map((box) => averageOf(box, counts))
}

function widestChannel(box) {
  const ranges = [0, 1, 2].map((channel) => {
    const values = box.map((colour) => channelsOf(colour)[channel])
    return values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255)
  })
  const range = Math.max(...ranges)
  return { range, channel: ranges.indexOf(range) }
}

/** Colours that are seen more weigh more, though not so much that a small green dot turns grey. */
function averageOf(box, counts) {
  const weights = box.map((colour) => Math.sqrt(counts.get(colour)))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const [red, green, blue] = [0, 1, 2].map((channel) =>
    Math.round(
      box.reduce((sum, colour, index) => sum + channelsOf(colour)[channel] * weights[index], 0) / all,
    ),
  )
  return (red << 16) | (green << 8) | blue
}

function nearest(palette, colour) {
  const [red, green, blue] = channelsOf(colour)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, candidate] of palette.entries()) {
    const [r, g, b] = channelsOf(candidate)
    const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}

/** Moves each colour of a palette to the middle of the colours that it stands for: k-means. */
function settled(palette, colours, counts) {
  let present = palette
  for (let round = 0; round < ROUNDS; round += 1) {
    const boxes = present.map(() => [])
    for (const colour of colours) boxes[nearest(present, colour)].push(colour)
    const before = present
    present = boxes.map((box, index) => (box.length === 0 ? before[index] : averageOf(box, counts)))
  }
  return present
}

/**
 * The same picture with 256 colours, in a third of the bytes.
 * @param {Buffer} png an opaque picture with 8 bits for each channel, as Chromium makes it
 * @returns {Buffer}
 */
export function smallPng(png) {
  const { width, height, pixels } = pixelsOf(png)
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour)
  const exact = byCount.slice(0, EXACT)
  const rest = byCount.slice(EXACT)
  const shared = settled(averages(rest, counts, COLOURS - exact.length), rest, counts)
  const palette = [...exact, ...shared]
  const indexes = new Map(byCount.map((colour) => [colour, nearest(palette, colour)]))

  const rows = Buffer.alloc(height * (width + 1))
  for (const [index, colour] of pixels.entries()) {
    rows[index + Math.floor(index / width) + 1] = indexes.get(colour)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = INDEXED
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
