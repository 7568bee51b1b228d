import { runCommandLine } from '../command-line/run-command-line'
import { healthCommand } from './health-command'

/** Runs the command about the health; gives its exit code. Never throws. */
export function runHealthTool(words: readonly string[], program: string): Promise<number> {
  const line = { program, summary: 'How the running program does', table: [healthCommand(process.env)] }
  return runCommandLine(line, ['health', ...words], {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    confirm: () => null,
  })
}
