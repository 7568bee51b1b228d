/** How the rig is asked to run. */
export type Options = {
  readonly seed: number
  /** Plays round after round for so long; 0 plays one. */
  readonly minutes: number
  /** One group of cases only. */
  readonly only: string | null
  /** Cases with this in their name only. */
  readonly name: string | null
  /** How long series are, as a multiple of the short form's. */
  readonly share: number
  /** Where the counts are written as JSON. */
  readonly json: string | null
}

/** The seed of `npm test`: always the same, so that a red run is nobody's luck. */
const USUAL_SEED = 20_260_301

/** Reads the command line. Throws, in words for people, when it makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, string>()
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at] ?? ''
    const value = args[at + 1]
    if (
      !['--seed', '--minutes', '--only', '--case', '--share', '--json'].includes(name) ||
      value === undefined
    )
      throw new Error(
        'usage: npm run faults -- [--seed n] [--minutes n] [--only kills|power|server|clock|disk|inputs] [--case words] [--share n] [--mutants]',
      )
    given.set(name, value)
  }
  return {
    seed: numberOf(given, '--seed', USUAL_SEED),
    minutes: numberOf(given, '--minutes', 0),
    only: given.get('--only') ?? null,
    name: given.get('--case') ?? null,
    share: numberOf(given, '--share', 1),
    json: given.get('--json') ?? null,
  }
}

function numberOf(given: ReadonlyMap<string, string>, name: string, usual: number): number {
  const number = Number(given.get(name) ?? usual)
  if (!Number.isFinite(number) || number < 0) throw new Error(`${name} wants a number`)
  return number
}
