import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from '../settings/private-file'

const FILE = 'error-reports.json'

const Consent = z.object({
  format: z.literal(1),
  isOn: z.boolean(),
  withMemory: z.boolean(),
})

/** What a person has agreed to send: nothing, errors, or also the memory of a crashed process. */
export type Consent = { readonly isOn: boolean; readonly withMemory: boolean }

const NONE: Consent = { isOn: false, withMemory: false }

/**
 * What was agreed to, from `<folder>/error-reports.json`: beside the database, so that it holds when the database is
 * damaged. Anything but a whole file is a no.
 */
export function readConsent(folder: string): Consent {
  try {
    const { isOn, withMemory } = Consent.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')))
    return { isOn, withMemory: isOn && withMemory }
  } catch {
    return NONE
  }
}

/** Keeps what was agreed to. Memory goes with nothing but error reports. Throws what the file system says. */
export function keepConsent(folder: string, { isOn, withMemory }: Consent): Consent {
  const kept = { isOn, withMemory: isOn && withMemory }
  writePrivateFile(join(folder, FILE), `${JSON.stringify({ format: 1, ...kept })}\n`)
  return kept
}
