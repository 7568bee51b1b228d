import { must } from '../../../shared/model/refusal'
import { jpegOf } from './jpeg'
import type { Picture } from './sample-pictures'

/** Telegram's own apps send photos no larger than this. */
const LONGEST_SIDE = 2560

/** Reads a chosen picture and makes it as small as a phone would before sending it. */
export async function readPicture(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  must(canvas.getContext('2d'), 'canvas to draw on').drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { name: file.name, bytes: await jpegOf(canvas) }
}
