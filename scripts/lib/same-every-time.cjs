// Loaded into the program by `electron -r` for pictures only: the clock starts at one moment, and what is random
// otherwise is the same each time, so that a picture changes only when the program does.
const crypto = require('node:crypto')
const { syncBuiltinESMExports } = require('node:module')

const { PICTURE_TIME } = process.env
const RealDate = Date
const offset = RealDate.parse(PICTURE_TIME) - RealDate.now()

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset)
    else super(...given)
  }

  static now() {
    return RealDate.now() + offset
  }
}

let state = 20260310
/** The next number from 0 up to 2³²: mulberry32. */
function next() {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return (mixed ^ (mixed >>> 14)) >>> 0
}

function fill(array) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = next() & 0xff
  return array
}

const realRandomBytes = crypto.randomBytes
crypto.randomBytes = (size, callback) =>
  callback ? realRandomBytes(size, callback) : fill(Buffer.alloc(size))
crypto.randomFillSync = (array) => fill(array)
globalThis.crypto.getRandomValues = (array) => fill(array)
syncBuiltinESMExports()
