import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { LedgerEntry } from '../../src/main/practice/simulator/ledger'
import { digestsOf, type Digests } from './digests'

// What must hold after every case, whatever happened in it.

/** One way in which a promise was broken. */
export type Violation = {
  readonly kind: 'lost' | 'twice' | 'corrupt' | 'stuck' | 'silent' | 'changed' | 'leaked' | 'untrue'
  readonly text: string
}

/** What a person has done, as far as it must be found again. */
export type Told = {
  readonly chatId: number
  readonly words: string
  /** Whether the request must be there; false while its making may still be on its way. */
  readonly certain: boolean
  /** What was added to the request later; null when nothing was. */
  readonly addition: { readonly words: string; readonly certain: boolean } | null
}

/** A message that the server has handled. */
export type Delivered = { readonly chatId: number; readonly text: string; readonly isCard: boolean }

/** What is known about a case at its end, when everything has come to rest. */
export type Facts = {
  readonly folder: string
  /** Ids of the updates that Telegram was told we have. */
  readonly confirmed: readonly number[]
  readonly told: readonly Told[]
  readonly delivered: readonly Delivered[]
  /** Messages that a person sees in the chat, by `chat message`. */
  readonly seen: ReadonlySet<string>
  readonly untouched: Digests
  /** Must stand in no log, no output and no name of a file. */
  readonly secrets: readonly string[]
  /** What the program printed on its outputs. */
  readonly outputs: string
  /** What the window shows of the bot, and what is true. Null where the case has no window. */
  readonly shown: { readonly is: string | null; readonly truth: string } | null
  /** Updates that are rightly given up: 0 in most cases. */
  readonly givenUp?: number
  /** Whether every request must have its receipt in the chat: not where the case is about people who can't be reached. */
  readonly reachable?: boolean
}

/** Every promise that does not hold. Never throws for a damaged database: that is one of the answers. */
export function violationsOf(facts: Facts): Violation[] {
  const sqlite = new BetterSqlite3(join(facts.folder, 'dispatcher.db'), { timeout: 2_000 })
  try {
    const all = (sql: string) => sqlite.prepare(sql).raw().all() as unknown[][]
    const damage = damageOf(all)
    // Nothing else that such a file says means anything.
    if (damage.length > 0) return damage
    return [
      ...lostUpdates(all, facts),
      ...unfinished(all, facts),
      ...requestsOf(all, facts),
      ...receipts(all, facts),
      ...countsOf(all),
      ...filesOf(all, facts.folder),
      ...repeated(facts.delivered),
      ...changedRows(facts),
      ...leaks(facts),
      ...untruth(facts),
    ]
  } catch (error) {
    return [{ kind: 'corrupt', text: error instanceof Error ? error.message : 'unknown' }]
  } finally {
    sqlite.close()
  }
}

type All = (sql: string) => unknown[][]

function violation(kind: Violation['kind'], text: string): Violation {
  return { kind, text }
}

function damageOf(all: All): Violation[] {
  const integrity = all('pragma integrity_check').flat()
  if (integrity.length !== 1 || integrity[0] !== 'ok')
    return [violation('corrupt', `integrity: ${String(integrity[0])}`)]
  const orphans = all('pragma foreign_key_check')
  return orphans.length > 0 ? [violation('corrupt', `${orphans.length} rows without their parent`)] : []
}

function lostUpdates(all: All, { confirmed }: Facts): Violation[] {
  const stored = new Set(all('select update_id from inbox').flat())
  return [...new Set(confirmed)]
    .filter((id) => !stored.has(id))
    .map((id) => violation('lost', `update ${id} was confirmed and is not stored`))
}

function unfinished(all: All, { givenUp = 0 }: Facts): Violation[] {
  const states = new Map(all('select state, count(*) from inbox group by 1') as [string, number][])
  const waiting = states.get('new') ?? 0
  const dead = states.get('dead') ?? 0
  return [
    ...(waiting > 0 ? [violation('stuck', `${waiting} updates are not handled`)] : []),
    ...(dead === givenUp ? [] : [violation('stuck', `${dead} updates given up, not ${givenUp}`)]),
  ]
}

function requestsOf(all: All, { told }: Facts): Violation[] {
  const rows = all(
    `select telegram_id, description, count(*) from requests join users on users.id = user_id
     where source = 'telegram' group by 1, 2`,
  ) as [number, string, number][]
  const found = new Map(rows.map(([chatId, words, count]) => [`${chatId} ${words}`, count]))
  // A reply to a message whose id was lost begins a draft, which waits before the person's eyes.
  const comments = new Map(
    all(
      `select words, count(*) from (select comment as words from comments union all
         select texts.value ->> 'text' from dialogues, json_each(state, '$.draft.texts') as texts) group by 1`,
    ) as [string, number][],
  )
  return told.flatMap(({ chatId, words, addition, certain }) => [
    ...once(`the request of ${chatId}`, found.get(`${chatId} ${words}`) ?? 0, certain),
    ...(addition === null
      ? []
      : once(`the addition of ${chatId}`, comments.get(addition.words) ?? 0, addition.certain)),
  ])
}

function once(what: string, count: number, certain: boolean): Violation[] {
  if (count > 1) return [violation('twice', `${what} is there ${count} times`)]
  return count === 0 && certain ? [violation('lost', `${what} is not there`)] : []
}

/** Every request of a resident has its card in the chat, or a row that says why not. */
function receipts(all: All, { seen, reachable = true }: Facts): Violation[] {
  const rows = all(
    `select requests.sequence, cards.chat_id, cards.message_id,
       (select count(*) from outbox where card_id = cards.id and state in ('unknown', 'failed', 'blocked', 'pending'))
     from requests left join cards on cards.id = 'status:' || requests.id where source = 'telegram'`,
  ) as [number, number | null, number | null, number][]
  const silent = rows.filter(
    ([, chatId, messageId, reasons]) =>
      reasons === 0 && (messageId === null || (reachable && !seen.has(`${chatId} ${messageId}`))),
  )
  const stuck = all("select kind from outbox where state = 'sending'").flat()
  return [
    ...silent.map(([number]) => violation('silent', `request ${number} has neither receipt nor reason`)),
    ...stuck.map((kind) => violation('stuck', `a message (${String(kind)}) is being sent for ever`)),
  ]
}

/** What is kept in two places must be the same in both. */
function countsOf(all: All): Violation[] {
  const queries: Readonly<Record<string, string>> = {
    'the counters of the board': `select name from counters where name like 'status:%'
      and value <> (select count(*) from requests where 'status:' || status = name)`,
    'the numbers of the journal': `select device_id from changes group by 1 having max(seq) <> count(*)`,
    'the numbers of the requests': `select desk from requests group by 1 having max(sequence) <> count(*)`,
    'the count of comments': `select id from requests
      where comment_count <> (select count(*) from comments where request_id = requests.id)`,
    'the count of photos': `select id from requests where photo_count <> (select count(*) from files
      where request_id = requests.id and file_type = 'photo')`,
  }
  return Object.entries(queries).flatMap(([what, sql]) =>
    all(sql).length > 0 ? [violation('corrupt', `${what} are wrong`)] : [],
  )
}

/** A file that the database calls stored is there, whole. */
function filesOf(all: All, folder: string): Violation[] {
  const hashes = all(
    "select distinct sha256 from downloads where state = 'stored' and sha256 is not null",
  ).flat()
  return hashes.flatMap((hash) => {
    const sha256 = String(hash)
    const path = join(folder, 'files', sha256.slice(0, 2), sha256)
    if (!existsSync(path)) return [violation('lost', 'a stored file is not there')]
    const real = createHash('sha256').update(readFileSync(path)).digest('hex')
    return real === sha256 ? [] : [violation('corrupt', 'a stored file has other bytes than it had')]
  })
}

/** A message comes once. A card, which looks the same when it comes again, twice at most. */
function repeated(delivered: readonly Delivered[]): Violation[] {
  const counts = new Map<string, number>()
  for (const { chatId, text, isCard } of delivered) {
    const key = `${isCard ? 'card' : 'message'} ${chatId} ${text}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .filter(([key, count]) => count > (key.startsWith('card') ? 2 : 1))
    .map(([key, count]) => violation('twice', `${key.split(' ').slice(0, 2).join(' ')} came ${count} times`))
}

function changedRows({ folder, untouched }: Facts): Violation[] {
  const now = digestsOf(folder)
  return [...untouched]
    .filter(([key, digest]) => now.get(key) !== digest)
    .map(([key]) => violation('changed', `${key} is not as it was`))
}

function leaks({ folder, secrets, outputs }: Facts): Violation[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = names
    .filter((name) => name.startsWith('logs') && statSync(join(folder, name)).isFile())
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  const places = [
    { what: 'a log', text: texts.join('\n') },
    { what: 'the output', text: outputs },
    { what: 'the name of a file', text: names.join('\n') },
  ]
  return places.flatMap(({ what, text }) =>
    secrets
      .filter((secret) => text.includes(secret))
      .map(() => violation('leaked', `a secret stands in ${what}`)),
  )
}

function untruth({ shown }: Facts): Violation[] {
  if (shown === null || shown.is === shown.truth) return []
  return [violation('untrue', `it shows "${String(shown.is)}" while "${shown.truth}" is true`)]
}

/** The messages that the server has handled, of a ledger. */
export function deliveredOf(ledger: readonly LedgerEntry[]): Delivered[] {
  return ledger
    .filter(({ method, handled }) => handled && method === 'sendMessage')
    .map(({ params }) => deliveredBy(params))
}

/** A message by the parameters of its call. */
export function deliveredBy(params: Readonly<Record<string, unknown>>): Delivered {
  return {
    chatId: Number(params['chat_id']),
    text: String(params['text']),
    isCard: params['reply_markup'] !== undefined,
  }
}
