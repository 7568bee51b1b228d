import type { AlertKey } from '../../../shared/model/alerts'
import type { Facts } from '../../../shared/model/facts'

/** How a part stands. */
export type PartState = 'ok' | 'warn' | 'bad' | 'off'

/** The parts of the screen. */
export type PartName =
  | 'telegram'
  | 'in'
  | 'out'
  | 'requests'
  | 'database'
  | 'backup'
  | 'disk'
  | 'computer'
  | 'errors'

/** Which alerts are about which part. */
const ALERTS: Readonly<Partial<Record<PartName, readonly AlertKey[]>>> = {
  telegram: ['not-listening', 'day-limit'],
  out: ['sends-failing'],
  requests: ['unassigned'],
  database: ['database-check'],
  backup: ['backup-old'],
  disk: ['disk-low'],
  errors: ['errors'],
}

/** A delay of the event loop from which on people feel it, in ms. */
const FELT_DELAY_MS = 200

/** How each part stands: by the alerts about it, so that the screen never contradicts itself, and by its figures. */
export function partStates(facts: Facts, alerts: readonly AlertKey[]): Readonly<Record<PartName, PartState>> {
  const own = ownStates(facts)
  const about = (part: PartName) => ALERTS[part]?.some((key) => alerts.includes(key)) === true
  // The parts are those of `own`, whose names are the keys.
  return Object.fromEntries(
    Object.entries(own).map(([part, state]) => [
      part,
      state !== 'bad' && about(part as PartName) ? 'warn' : state,
    ]),
  ) as Record<PartName, PartState>
}

function ownStates(facts: Facts): Record<PartName, PartState> {
  return {
    telegram: telegramState(facts),
    in: facts.inbox.setAside > 0 ? 'warn' : 'ok',
    out: facts.outbox.unknown + facts.outbox.failed > 0 ? 'warn' : 'ok',
    requests: facts.requests.overdue > 0 ? 'warn' : 'ok',
    database: facts.database.check === 'failed' ? 'bad' : 'ok',
    backup: facts.backup === null ? 'off' : facts.backup.isOld ? 'warn' : 'ok',
    disk: diskState(facts),
    computer: facts.process.loopDelayMs > FELT_DELAY_MS ? 'warn' : 'ok',
    errors: 'ok',
  }
}

function telegramState({ bot }: Facts): PartState {
  if (bot.state === 'no-token') return 'off'
  if (bot.state === 'receiving') return 'ok'
  return bot.state === 'starting' ? 'warn' : 'bad'
}

function diskState({ disk }: Facts): PartState {
  if (disk.state === 'enough') return 'ok'
  return disk.state === 'low' ? 'warn' : 'bad'
}
