import { arch, platform, release as osRelease } from 'node:os'
import {
  type BaseTransportOptions,
  createStackParser,
  type EventHint,
  type Integration,
  makeOfflineTransport,
  ServerRuntimeClient,
  setCurrentClient,
  type Transport,
} from '@sentry/core'
import type { OpenReporter, Reporter } from '../reporter'
import { eventOf } from './event-of'
import { type About, knownError, knownTransaction } from './known-event'
import { openOfflineStore } from './offline-store'
import { createSpans } from './spans'

/** What differs between the program with a window and the one without. */
export type SentryParts = {
  readonly release: string
  readonly environment: string
  readonly transport: (options: BaseTransportOptions) => Transport
  /** What sends the memory of crashed processes. */
  readonly memory: () => Integration[]
}

/**
 * Opens Sentry's client with none of its integrations: no hooks into errors, console, network or IPC. What it sends is
 * made from lines of our log, and built anew from known fields on its way out.
 */
export function openSentry(parts: SentryParts): OpenReporter {
  return ({ dsn, queue, withMemory }) => {
    const about = aboutOf(parts)
    const client = new ServerRuntimeClient({
      dsn,
      release: about.release,
      environment: about.environment,
      sendDefaultPii: false,
      sendClientReports: false,
      _metadata: {
        sdk: { name: 'sentry.javascript.electron', settings: { infer_ip: 'never' } },
      },
      stackParser: createStackParser(),
      integrations: withMemory ? parts.memory() : [],
      transport: (options) =>
        makeOfflineTransport(parts.transport)({
          ...options,
          createStore: () => openOfflineStore(queue),
          flushAtStartup: true,
        }),
      beforeSend: (event, hint) => {
        onlyMemory(hint, withMemory)
        return knownError(event, about)
      },
      beforeSendTransaction: (event) => knownTransaction(event, about),
      beforeBreadcrumb: () => null,
    })
    // What sends the memory of a crashed process asks for the client of now.
    setCurrentClient(client)
    client.init()
    return reporterOf(client)
  }
}

function reporterOf(client: ServerRuntimeClient): Reporter {
  return {
    capture: (error, trail) => {
      client.captureEvent(eventOf(error, trail))
    },
    span: createSpans({
      send: (transaction) => {
        client.captureEvent(transaction)
      },
    }),
    close: async (longestMs) => {
      await client.close(longestMs)
    },
  }
}

/** Nothing is attached but the memory of a crashed process, and that only after a second yes. */
function onlyMemory(hint: EventHint, withMemory: boolean): void {
  hint.attachments = (hint.attachments ?? []).filter(
    ({ attachmentType }) => withMemory && attachmentType === 'event.minidump',
  )
}

function aboutOf({ release, environment }: SentryParts): About {
  // The type says that it is always there; on plain Node it is not.
  const { electron } = process.versions as Partial<NodeJS.ProcessVersions>
  return {
    release: `facility-dispatcher@${release}`,
    environment,
    contexts: {
      os: { name: platform(), version: osRelease() },
      device: { arch: arch() },
      runtime:
        electron === undefined
          ? { name: 'Node', version: process.version }
          : { name: 'Electron', version: electron },
    },
  }
}
