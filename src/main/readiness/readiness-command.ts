import { resolve } from 'node:path'
import { THREAD_FILE } from '../backups/run-job'
import { type Command, type Outcome, UsageError } from '../command-line/command'
import { TELEGRAM_API } from '../office'
import { readEnvironment } from '../settings/environment'
import { backupChecks } from './backup-checks'
import { type Check, type Checked, made, type Verdict } from './check'
import { dataChecks } from './data-checks'
import { folderChecks } from './folder-checks'
import { healthCheck } from './health-check'
import { telegramChecks } from './telegram-checks'

type ReadinessDeps = {
  readonly migrationsFolder: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  readonly threadFile?: string
}

const WORDS: Readonly<Record<Verdict, string>> = { go: 'go', warn: 'warn', 'no-go': 'NO-GO', skipped: '–' }

/** Looks at everything that the program relies on, and says whether it may be relied on. */
export function readinessCommand(deps: ReadinessDeps): Command {
  return {
    name: 'readiness',
    summary: 'Go or no-go: look at everything that the program relies on',
    details: [
      'Changes nothing but the note in the newest backup that it was tried out. Can be run while the program is running.',
      'Exits with 1 when something is a no-go; a warning alone does not.',
    ],
    args: [],
    options: [
      {
        name: 'data-dir',
        value: 'folder',
        summary: 'the data folder, instead of DISPATCHER_DATA_DIR or the usual one',
      },
      { name: 'offline', summary: 'do not ask Telegram' },
    ],
    run: async (call, { note }) => {
      const given = call.values.get('data-dir')
      if (given === '') throw new UsageError('--data-dir needs a folder')
      const environment = readEnvironment(deps.variables)
      const folder = given === undefined ? environment.dataFolder : resolve(given)
      const checks: readonly Check[] = [
        ...folderChecks(folder),
        ...dataChecks(folder, deps.migrationsFolder),
        ...backupChecks({
          folder,
          threadFile: deps.threadFile ?? THREAD_FILE,
          passphrase: deps.variables['DISPATCHER_BACKUP_PASSPHRASE'] || null,
          now: deps.now,
        }),
        ...telegramChecks({
          folder,
          environmentToken: environment.botToken,
          apiRoot: environment.apiRoot ?? TELEGRAM_API,
          isOffline: call.switches.has('offline'),
          now: deps.now,
        }),
        healthCheck(folder, deps.variables),
      ]
      const rows: Checked[] = []
      for (const check of checks) {
        note(`… ${check.title}`)
        rows.push(await made(check))
      }
      return outcomeOf(rows)
    },
  }
}

function outcomeOf(rows: readonly Checked[]): Outcome {
  const count = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length
  const isGood = count('no-go') === 0
  const sums = `${count('go')} go, ${count('warn')} warn, ${count('no-go')} no-go, ${count('skipped')} not checked`
  return {
    isGood,
    lines: [...tableOf(rows), '', `${isGood ? 'GO' : 'NO-GO'}: ${sums}`],
    data: { verdict: isGood ? 'go' : 'no-go', checks: rows },
  }
}

function tableOf(rows: readonly Checked[]): readonly string[] {
  const width = Math.max(...rows.map(({ title }) => title.length))
  return rows.flatMap(({ title, verdict, found, todo }) => [
    `${WORDS[verdict].padEnd(6)}  ${title.padEnd(width)}  ${found}`,
    ...(todo === '' ? [] : [`${' '.repeat(10 + width)}→ ${todo}`]),
  ])
}
