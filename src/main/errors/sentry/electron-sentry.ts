import { makeElectronTransport, sentryMinidumpIntegration } from '@sentry/electron/main'
import { APP_VERSION } from '../../version'
import { openSentry } from './open-sentry'

/** Sentry in the program with a window: through Chromium's network, which knows the office's proxy. */
export function electronSentry(environment: string) {
  return openSentry({
    release: APP_VERSION,
    environment,
    transport: makeElectronTransport,
    memory: () => [sentryMinidumpIntegration()],
  })
}
