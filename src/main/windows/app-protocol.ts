import { nativeImage, protocol } from 'electron'
import { join } from 'node:path'
import { type AppResponsesOptions, answerAppRequest } from './app-responses'
import { createThumbnails, type Shrink } from './thumbnails'

const JPEG_QUALITY = 78

/** Tells Chromium about the `app` scheme. Only before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

type AppProtocolOptions = Omit<AppResponsesOptions, 'thumbnails' | 'filesFolder'> & {
  /** The data folder of the moment: the practice building has its own. */
  readonly dataFolder: () => string
}

/** Serves the page, stored files and practice pictures under the `app` scheme. After the app is ready. */
export function serveAppProtocol({ dataFolder, ...rest }: AppProtocolOptions): void {
  const optionsOf = (folder: string): AppResponsesOptions => ({
    ...rest,
    filesFolder: join(folder, 'files'),
    thumbnails: createThumbnails({ folder: join(folder, 'thumbs'), shrink }),
  })
  let present = { folder: '', options: optionsOf('') }
  protocol.handle('app', (request) => {
    const folder = dataFolder()
    if (folder !== present.folder) present = { folder, options: optionsOf(folder) }
    return answerAppRequest(request, present.options)
  })
}

const shrink: Shrink = (bytes, size, format) => {
  const image = nativeImage.createFromBuffer(Buffer.from(bytes))
  if (image.isEmpty()) return null
  const small = image.resize({ ...size, quality: 'good' })
  return format === 'png' ? small.toPNG() : small.toJPEG(JPEG_QUALITY)
}
