import { encodePng } from '../src/main/practice/png'

/** A real picture of one colour, which a browser can show. */
export function picture(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3).fill(0x9a)
  return encodePng(width, height, pixels)
}
