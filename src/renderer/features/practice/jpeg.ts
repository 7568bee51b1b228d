import { must } from '../../../shared/model/refusal'

/** What is drawn on a canvas, as the bytes of a JPEG. */
export async function jpegOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.86)
  })
  return new Uint8Array(await must(blob, 'picture').arrayBuffer())
}
