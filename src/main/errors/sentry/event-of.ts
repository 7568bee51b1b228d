import type { Event, Exception, StackFrame } from '@sentry/core'
import type { EntryError } from '../entry-error'
import type { Crumb } from '../reporter'

/** `save main/index.js:10:5`, as the redactor writes it. */
const FRAME = /^(?:(\S+) )?(\S+):(\d+):(\d+)$/

/** An error of the log as an event: made from known fields, never from an error itself. */
export function eventOf(error: EntryError, trail: readonly Crumb[]): Event {
  const { at, scope, code, sentence } = error
  return {
    timestamp: at / 1000,
    platform: 'node',
    level: 'error',
    logger: scope,
    // The program's own sentence; what the error said of itself stands with it, as far as it is known.
    message: sentence,
    // Errors of one kind belong together, wherever they were thrown.
    fingerprint: [scope, code, sentence],
    tags: { scope, code },
    exception: { values: exceptionsOf(error) },
    breadcrumbs: trail.map((crumb) => ({
      timestamp: crumb.at / 1000,
      category: crumb.scope,
      level: crumb.level === 'warn' ? 'warning' : crumb.level,
      message: crumb.sentence,
    })),
  }
}

/** Sentry wants the deepest cause first. */
function exceptionsOf(error: EntryError): Exception[] {
  const value = error.detail === '' ? error.sentence : `${error.sentence}: ${error.detail}`
  const first = { ...error, name: error.name === '' ? 'Line' : error.name, detail: value }
  return [first, ...error.causes].reverse().map(({ name, detail, frames }) => ({
    type: name,
    value: detail,
    // The last call comes last.
    stacktrace: { frames: frames.map(frameOf).reverse() },
  }))
}

function frameOf(line: string): StackFrame {
  const [, place = '', file = line, row = '0', column = '0'] = FRAME.exec(line) ?? []
  return {
    ...(place === '' ? {} : { function: place }),
    filename: `app:///${file}`,
    lineno: Number(row),
    colno: Number(column),
    in_app: /^(?:main|assets|preload)\//.test(file),
  }
}
