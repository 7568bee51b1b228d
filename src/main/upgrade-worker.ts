import { parentPort, workerData } from 'node:worker_threads'
import { upgradeHere } from './db/migrations/upgrade-aside'

// The thread that upgrades a database while the window lives on.

upgradeHere(workerData, (message) => parentPort?.postMessage(message))
