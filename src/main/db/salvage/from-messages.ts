import { z } from 'zod'
import { must } from '../../../shared/model/refusal'
import type { PersonId, RequestId } from '../../../shared/model/ids'
import { type NewRequest, openRequest, type Request } from '../../domain/request'
import type { Sqlite } from '../connection'
import { quotedName } from '../migrations/sql-text'
import { columnName } from './from-journal'

type Written = {
  readonly requestId: string
  readonly chatId: number
  readonly payload: string
  readonly userId: string
}

const Message = z.object({
  message: z.object({ date: z.int(), text: z.string().optional(), caption: z.string().optional() }),
})
const LONGEST_TITLE = 80
const LOST =
  "l.part in ('description', 'file') and not exists (select 1 from requests as r where r.id = l.request_id)"

/**
 * Makes requests again of which nothing but the residents' own messages is left, as new ones with new numbers: what
 * the desk did about them is lost. Returns how many.
 */
export function rebuildFromMessages(fresh: Sqlite): number {
  const isAnyLost =
    fresh.prepare(`select 1 from message_links as l where ${LOST} limit 1`).get() !== undefined
  // Finding the messages means reading all that ever came in.
  if (!isAnyLost) return 0
  const written = fresh
    .prepare<[], Written>(
      `select l.request_id as requestId, l.chat_id as chatId, i.payload, u.id as userId from message_links as l
       join inbox as i on i.chat_id = l.chat_id and json_extract(i.payload, '$.message.message_id') = l.message_id
       join users as u on u.telegram_id = l.chat_id
       where ${LOST}
       order by l.request_id, l.message_id`,
    )
    .all()
  const byRequest = Map.groupBy(written, ({ requestId }) => requestId)
  for (const [requestId, messages] of byRequest) insertRequest(fresh, requestOf(fresh, requestId, messages))
  return byRequest.size
}

function requestOf(fresh: Sqlite, id: string, messages: readonly Written[]): Request {
  const parsed = messages.map(({ payload }) => Message.parse(JSON.parse(payload)).message)
  const description = parsed.flatMap(({ text, caption }) => text ?? caption ?? []).join('\n')
  const sequence = fresh
    .prepare<[], number>("select coalesce(max(sequence), 0) + 1 from requests where desk = ''")
    .pluck()
    .get()
  const given: NewRequest = {
    id: id as RequestId,
    userId: must(messages[0], 'the first message').userId as PersonId,
    title: description.replace(/\n.*$/su, '').slice(0, LONGEST_TITLE),
    description,
    location: '',
    sequence: must(sequence, 'the next number'),
    source: 'telegram',
    urgency: null,
    unitId: null,
    buildingId: null,
    desk: '',
    createdAt: must(parsed[0], 'the first message').date * 1000,
    priority: 'MEDIUM',
  }
  return openRequest(given)
}

function insertRequest(fresh: Sqlite, request: Request): void {
  const entries = Object.entries(request)
  const names = entries.map(([key]) => quotedName(columnName(key))).join(', ')
  const insert = fresh.prepare(
    `insert into requests (${names}) values (${entries.map(() => '?').join(', ')})`,
  )
  insert.run(...entries.map(([, value]) => value))
}
