import { runBackupTool } from './cli'

// What `npm run backup` runs.

process.umask(0o077)
runBackupTool(process.argv.slice(2), 'npm run backup --').then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'The command failed.'}\n`)
    process.exit(1)
  },
)
