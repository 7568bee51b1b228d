import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What tests of other suites use as a canary: see e2e/faults/residents.ts and the tests beside the redactor. */
const ALWAYS = [
  'AAH-canaryCanary',
  'Canary-name',
  'Canary-words',
  'Canary-addition',
  'Canary-history',
  '+49 30 5550',
]
const LIST = 'canaries.json'

function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * Searches everything that the suites have put out for every canary that any of their tests has used. Names and words
 * are searched in what the program wrote; tokens and numbers also in the reports of the test runners, whose titles may
 * name people.
 * @param {string} outputs folder with the outputs of the program
 * @param {string[]} reports files that the test runners wrote
 * @returns {{ searched: number, canaries: number, found: string[] }} `found` never quotes a canary
 */
export function searchCanaries(outputs, reports) {
  const files = filesIn(outputs)
  const lists = files
    .filter((file) => basename(file) === LIST)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  const secrets = [...new Set(lists.flatMap((list) => list.secrets))]
  const words = [...new Set([...ALWAYS, ...lists.flatMap((list) => list.words)])]
  const written = files.filter((file) => basename(file) !== LIST)
  const found = [
    ...written.flatMap((file) => standingIn(file, [...secrets, ...words])),
    ...reports.filter(existsSync).flatMap((file) => standingIn(file, secrets)),
  ]
  return { searched: written.length + reports.length, canaries: secrets.length + words.length, found }
}

function standingIn(file, canaries) {
  const text = readFileSync(file, 'utf8')
  return canaries
    .filter((canary) => text.includes(canary))
    .map((canary) => `${file}: a canary of ${canary.length} characters, beginning with ${canary.slice(0, 2)}`)
}
