import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Simulator } from '../src/main/practice/simulator/simulator'

// What a program has put out, searched for what it must not hold: after each test here, and once more, for every
// canary in every output, after all suites (scripts/lib/canaries.mjs).

/** Shorter texts stand in logs by chance. */
const SHORTEST_NAME = 4
const SHORTEST_TEXT = 8
const SHORTEST_ID = 7

/** What must stand in no output. */
export type Canaries = {
  /** Tokens and numbers of people: in no output at all. */
  readonly secrets: readonly string[]
  /** Names and words of people: in nothing that the program has written. */
  readonly words: readonly string[]
}

/** Everything that was personal or secret in a test. */
export function canariesOf(simulator: Simulator, tokens: readonly string[]): Canaries {
  const people = simulator.people.list()
  const names = people.flatMap(({ profile }) => [
    profile.first_name,
    profile.last_name ?? '',
    profile.username ?? '',
  ])
  const texts = people.flatMap((person) =>
    person
      .messages()
      .filter(({ from, text = '' }) => from === 'person' && !text.startsWith('/'))
      .flatMap(({ text = '', caption = '' }) => [text, caption]),
  )
  const ids = people.map(({ profile }) => String(profile.id)).filter((id) => id.length >= SHORTEST_ID)
  return {
    secrets: unique([...tokens, simulator.token, ...ids]),
    words: unique([
      ...names.filter((name) => name.length >= SHORTEST_NAME),
      ...texts.filter((text) => text.length >= SHORTEST_TEXT),
    ]),
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** The canaries that stand in the logs of a data folder, or in what its programs said. */
export async function canariesFound(
  folder: string,
  said: string,
  { secrets, words }: Canaries,
): Promise<string[]> {
  const logs = await Promise.all((await logFiles(folder)).map((path) => readFile(path, 'utf8')))
  const text = [said, ...logs].join('\n')
  return [...secrets, ...words].filter((canary) => text.includes(canary))
}

/** Keeps what a test has put out for the search after all suites, if somebody wants to search. */
export async function keepOutputs(folder: string, said: string, canaries: Canaries): Promise<void> {
  const kept = process.env['TEST_OUTPUTS']
  if (kept === undefined) return
  const place = join(kept, basename(folder))
  await mkdir(place, { recursive: true })
  for (const [index, path] of (await logFiles(folder)).entries())
    await cp(path, join(place, `${String(index)}-${basename(path)}`))
  await writeFile(join(place, 'said.log'), said)
  await writeFile(join(place, 'canaries.json'), JSON.stringify(canaries))
}

/** The logs in a data folder, those of the practice building and saved reports among them. */
async function logFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names.filter((name) => /(?:\.log|report\.txt)$/.test(name)).map((name) => join(folder, name))
}
