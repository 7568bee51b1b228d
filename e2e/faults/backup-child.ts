import { join } from 'node:path'
import type { Job } from '../../src/main/backups/jobs'
import { runInThread } from '../../src/main/backups/run-job'
import { RIG } from './child'

// Makes or restores one backup, as the program does it, in a process of its own, and says when it is done.

process.umask(0o077)
const job = JSON.parse(process.env['FAULT_JOB'] ?? '{}') as Job
await runInThread(job, join(RIG.built, 'backup-thread.js'))
process.stdout.write('done\n')
