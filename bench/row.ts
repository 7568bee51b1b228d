import type { Goal } from './statistics'

/** One line of the benchmark. */
export type Row = {
  /** The number of the goal: P1 to P23. */
  readonly id: string
  readonly name: string
  readonly baselineName: string
  readonly unit: 'ms' | '/s' | 'MB' | 'µs'
  readonly ours: readonly number[]
  readonly baseline: readonly number[]
  readonly goal: Goal
  /** What a reader has to know to judge the figure. */
  readonly note?: string
}

/** What is measured in every round, by name. */
export type Contenders<Name extends string> = Readonly<
  Record<Name, (round: number) => number | Promise<number>>
>

/**
 * Measures all contenders in each round, in an order that turns with every round: what the machine does
 * meanwhile hits all of them alike.
 */
export async function measureRounds<Name extends string>(
  rounds: number,
  contenders: Contenders<Name>,
): Promise<Record<Name, number[]>> {
  // Object.keys gives the keys of the record.
  const names = Object.keys(contenders) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) measured[name].push(await contenders[name](round))
  }
  return measured
}
