import type { Alert } from '../../shared/model/alerts'
import { client } from './client'
import { createStore } from './store'

/** What is wrong now, the worst first: for the marks of the desk, on whatever screen. */
export const openAlerts = createStore<readonly Alert[]>([])

/** Reads the alerts again. */
export async function readAlerts(): Promise<void> {
  openAlerts.set((await client.alerts.list()).open)
}

/** Whether nobody has seen it yet, or it was put off. */
export function isNew({ acknowledgedAt, snoozedUntil }: Alert): boolean {
  return acknowledgedAt === null && snoozedUntil === null
}
