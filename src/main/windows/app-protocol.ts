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
  readonly dataFolder: string
}

/** Serves the page, stored files and practice pictures under the `app` scheme. After the app is ready. */
export function serveAppProtocol({ dataFolder, ...rest }: AppProtocolOptions): void {
  const options: AppResponsesOptions = {
    ...rest,
    filesFolder: join(dataFolder, 'files'),
    thumbnails: createThumbnails({ folder: join(dataFolder, 'thumbs'), shrink }),
  }
  protocol.handle('app', (request) => answerAppRequest(request, options))
}

const shrink: Shrink = (bytes, size, format) => {
  const image = nativeImage.createFromBuffer(Buffer.from(bytes))
  if (image.isEmpty()) return null
  const small = image.resize({ ...size, quality: 'good' })
  return format === 'png' ? small.toPNG() : small.toJPEG(JPEG_QUALITY)
}
