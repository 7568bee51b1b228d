import type { Sqlite } from './connection'

/** How far the journal of one device had come. */
export type DeviceMark = { readonly device: string; readonly seq: number; readonly hlc: string }
/** How far the reading of one bot's messages had come. */
export type BotMark = { readonly bot: number; readonly epoch: number; readonly offset: number }

/** How far a database has come: numbers that only ever rise, so that a younger file can't be taken for an older one. */
export type HighWater = {
  readonly devices: readonly DeviceMark[]
  readonly bots: readonly BotMark[]
  /** Id of the newest message to Telegram; 0 when there is none. */
  readonly outbox: number
}

/** What a database lacks of what was known. */
export type Lack = {
  /** Changes that were in the journal and are not. */
  readonly changes: number
  /** True when the journal has another change in the place of a known one, or messages are gone. */
  readonly differs: boolean
}

/** Reads how far the database has come, by a few look-ups in indexes however large it is. */
export function readHighWater(sqlite: Sqlite): HighWater {
  // One step of the recursion per device: `group by` would read the whole journal.
  const devices = sqlite
    .prepare<[], DeviceMark>(
      `with recursive known(id) as (
         select min(device_id) from changes
         union all
         select (select min(device_id) from changes where device_id > known.id) from known where known.id is not null
       )
       select id as device, seq, hlc from known join changes as c on c.device_id = known.id
       where id is not null and seq = (select max(seq) from changes where device_id = known.id) order by device`,
    )
    .all()
  const bots = sqlite
    .prepare<[], BotMark>(
      'select bot_id as bot, epoch, coalesce(next_offset, 0) as "offset" from listening order by bot_id',
    )
    .all()
  const outbox = Number(sqlite.prepare('select coalesce(max(id), 0) from outbox').pluck().get())
  return { devices, bots, outbox }
}

/** Compares the database with how far it is known to have come; null when nothing is missing. */
export function lackOf(sqlite: Sqlite, known: HighWater): Lack | null {
  const now = readHighWater(sqlite)
  const hlcAt = sqlite
    .prepare<[string, number], string>('select hlc from changes where device_id = ? and seq = ?')
    .pluck()
  let changes = 0
  let differs = now.outbox < known.outbox || known.bots.some((mark) => isBehind(now.bots, mark))
  for (const mark of known.devices) {
    const seq = now.devices.find(({ device }) => device === mark.device)?.seq ?? 0
    if (seq < mark.seq) changes += mark.seq - seq
    else if (hlcAt.get(mark.device, mark.seq) !== mark.hlc) differs = true
  }
  return changes > 0 || differs ? { changes, differs } : null
}

function isBehind(bots: readonly BotMark[], mark: BotMark): boolean {
  const now = bots.find(({ bot }) => bot === mark.bot)
  if (!now) return true
  // A new epoch begins its numbers anew.
  return now.epoch < mark.epoch || (now.epoch === mark.epoch && now.offset < mark.offset)
}
