import { nativeImage, protocol } from 'electron'
import { join } from 'node:path'
import { APP_ORIGIN } from './app-address'
import { type AppResponsesOptions, answerAppRequest } from './app-responses'
import { createThumbnails, type Shrink } from './thumbnails'

const PAGE = `${APP_ORIGIN}/`
const JPEG_QUALITY = 78
/**
 * What has been sent goes through Chromium's other threads back to this one before the window gets it: whatever ran
 * here meanwhile would hold up the window. With the page that takes longer (up to 15 ms in traces), and then a
 * process is started for the window, which leaves this one free for some 30 ms.
 */
const TAKEN_AFTER_MS = { page: 20, script: 6 } as const

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
  /** Called when the page has been handed to its window, and when a script of it has. */
  readonly onServed: { readonly page: () => void; readonly script: () => void }
}

/** Serves the page, stored files and practice pictures under the `app` scheme. After the app is ready. */
export function serveAppProtocol({ dataFolder, onServed, ...rest }: AppProtocolOptions): void {
  const optionsOf = (folder: string): AppResponsesOptions => ({
    ...rest,
    filesFolder: join(folder, 'files'),
    thumbnails: createThumbnails({ folder: join(folder, 'thumbs'), shrink }),
  })
  let present = { folder: '', options: optionsOf('') }
  // Its successor, `protocol.handle`, speaks in the web's Request and Response, for which Node loads its whole fetch
  // before the first answer: the first paint came 60 ms later (docs/benchmarks.md, P1).
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  protocol.registerBufferProtocol('app', (request, send) => {
    const folder = dataFolder()
    if (folder !== present.folder) present = { folder, options: optionsOf(folder) }
    void answerAppRequest(request, present.options).then(({ status, headers, body }) => {
      send({
        statusCode: status,
        headers: { ...headers },
        data: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      })
      const what = request.url === PAGE ? 'page' : request.url.endsWith('.js') ? 'script' : null
      if (what !== null) setTimeout(onServed[what], TAKEN_AFTER_MS[what])
    })
  })
}

const shrink: Shrink = (bytes, size, format) => {
  const image = nativeImage.createFromBuffer(Buffer.from(bytes))
  if (image.isEmpty()) return null
  const small = image.resize({ ...size, quality: 'good' })
  return format === 'png' ? small.toPNG() : small.toJPEG(JPEG_QUALITY)
}
