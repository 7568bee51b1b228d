import type { Message } from 'grammy/types'
import type { FileKind } from '../../shared/model/vocabulary'
import { cleanLine } from '../domain/plain-text'
import type { IncomingFile } from '../usecases/registering'

const LONGEST_NAME = 120
/** What a cut through a character of two units leaves at the end. */
const HALF_A_CHARACTER = /[\ud800-\udbff]$/u

/** The file that a message carries, in its largest size; null when it carries none. */
export function fileOf(message: Message): (IncomingFile & { readonly sizeBytes: number | undefined }) | null {
  const at = message.date * 1000
  const photo = message.photo?.reduce((largest, size) => (size.width > largest.width ? size : largest))
  if (photo) return described('photo', photo, '', at)
  if (message.voice) return described('voice', message.voice, '', at)
  if (message.video) return described('video', message.video, message.video.file_name, at)
  if (message.video_note) return described('video', message.video_note, '', at)
  if (message.audio) return described('document', message.audio, message.audio.file_name, at)
  if (message.document)
    return described(
      kindOfDocument(message.document.mime_type),
      message.document,
      message.document.file_name,
      at,
    )
  return null
}

/** Pictures sent "as a file" are pictures all the same. */
function kindOfDocument(mimeType: string | undefined): FileKind {
  return mimeType === 'image/jpeg' || mimeType === 'image/png' || mimeType === 'image/webp'
    ? 'photo'
    : 'document'
}

function described(
  kind: FileKind,
  file: { readonly file_id: string; readonly file_unique_id: string; readonly file_size?: number },
  name: string | undefined,
  at: number,
) {
  return {
    kind,
    fileId: file.file_id,
    uniqueId: file.file_unique_id,
    name: cleanLine(name ?? '')
      .slice(0, LONGEST_NAME)
      .replace(HALF_A_CHARACTER, ''),
    at,
    sizeBytes: file.file_size,
  }
}
