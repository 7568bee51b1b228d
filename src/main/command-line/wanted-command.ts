/**
 * The words of a command that the program was started with instead of a window, such as `db current`; null when
 * there is none. Runs at every start, so it knows the first words only.
 */
export function wantedCommand(
  argv: readonly string[],
  names: readonly string[],
  isDefaultApp: boolean,
): readonly string[] | null {
  // Chromium's own switches may stand in front; in development the folder of the program does.
  const first = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'))
  const start = isDefaultApp && first > 0 ? first + 1 : first
  return start > 0 && names.includes(argv[start] ?? '') ? argv.slice(start) : null
}
