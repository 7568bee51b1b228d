import type { Terminal } from '../command-line/command'
import type { MigrationProgress } from '../db/migrations/migrate'

const WORDS: Readonly<Partial<Record<MigrationProgress['step'], string>>> = {
  copying: 'Copying the database',
  comparing: 'Comparing the copy with it',
  begun: 'running',
  checking: 'checking',
  committed: 'done',
}

/** Tells a person how a run goes on, once for each thing that takes time. */
export function progressTo(terminal: Terminal): (progress: MigrationProgress) => void {
  return ({ step, migration, done, of }) => {
    const words = WORDS[step]
    if (words === undefined) return
    if (migration === null) terminal.note(`${words} …`)
    else {
      const position = step === 'committed' ? done : done + 1
      terminal.note(`${migration} (${String(position)} of ${String(of)}): ${words}`)
    }
  }
}
