/** What of the benchmarks is to run. */
export type Choice = {
  readonly isQuick: boolean
  /** Numbers of goals; null for all of them. */
  readonly only: readonly string[] | null
}

/** Reads `--quick` and `--only P4,P9`. */
export function readChoice(args: readonly string[]): Choice {
  const place = args.indexOf('--only')
  const only = place < 0 ? null : (args[place + 1] ?? '').toUpperCase().split(',')
  return { isQuick: args.includes('--quick'), only }
}

/** Whether something with these goals is wanted. */
export function isWanted({ only }: Choice, ids: readonly string[]): boolean {
  return only === null || ids.some((id) => only.includes(id))
}

/** Only a whole run is written down. */
export function isWhole({ isQuick, only }: Choice): boolean {
  return !isQuick && only === null
}
