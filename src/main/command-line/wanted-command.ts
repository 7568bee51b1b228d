/** First words that ask for a command instead of a window. */
const COMMANDS: readonly string[] = ['db', 'backup', 'health', 'readiness']

/** As much of Node's and Electron's `process` as tells how the program was started. */
type Started = {
  readonly argv: readonly string[]
  /** 'browser' in Electron's main process, nothing on its bare Node. */
  readonly type?: string
  /** True when Electron was given a folder to run, as in development. */
  readonly defaultApp?: boolean
}

/**
 * The words of a command that the program was started with, such as `db current` or `--health`; null when there are none. Runs
 * at every start, so it knows the first words only.
 */
export function wantedCommand({ argv, type, defaultApp }: Started): readonly string[] | null {
  // Chromium's own switches may stand in front; where Electron is given something to run, its path does.
  const first = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'))
  const isGivenPath = type !== 'browser' || defaultApp === true
  const start = first > 0 && isGivenPath ? first + 1 : first
  if (start > 0 && COMMANDS.includes(argv[start] ?? '')) return argv.slice(start)
  const asked = argv.indexOf('--health')
  return asked > 0 ? ['health', ...argv.slice(asked + 1)] : null
}
