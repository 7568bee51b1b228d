import { afterAll, beforeAll, expect, test } from 'vitest'
import { BuildingId, CommentId, PersonId, RequestId, UnitId } from '../../shared/model/ids'
import { applySchema } from '../testing/migrated'
import { uuid } from '../testing/sample-request'
import { findOpenAlerts, retryingSince } from './alerts'
import { findCard, findCardByToken, findLink, setCardMessage } from './cards'
import { findComment, findComments } from './comments'
import { openSqlite, type Sqlite } from './connection'
import { type Database, databaseOf, type ReadableDb, type WritableDb } from './database'
import { findDialogue } from './dialogues'
import { findDownload, findFiles, findFilesOfContent, findWaitingDownloads } from './files'
import { findSamples } from './health-history'
import { findDead, findIncoming, findListening, findNew, finishIncoming } from './inbox'
import { findInvite, findInviteByCode } from './invites'
import {
  cancelOutgoing,
  findDue,
  findFirstDueOf,
  findOutgoing,
  findSending,
  findTrouble,
  isCardWaiting,
  isCardUncertain,
  nextDueAt,
  retryOutgoing,
  settleOutgoing,
  startSending,
} from './outbox'
import {
  countDue,
  countSetAside,
  countTroubled,
  oldestUnassignedAt,
  waitingMessages,
  waitingUpdates,
} from './queue-facts'
import { findByTelegramId, findManager, findPerson, findTechnicians, listPeople } from './people'
import { findBuilding, findBuildingByCode, findUnit, findUnitByCode, findUnits } from './places'
import {
  countByStatus,
  countOf,
  findArchived,
  findCards,
  findColumn,
  findJobsOf,
  findOpenOf,
  findRequest,
  findResolvedBefore,
  nextSequence,
} from './requests'
import { readSetting } from './settings'
import { findChanges } from './timeline'

let sqlite: Sqlite
let database: Database
const prepared: string[] = []

beforeAll(() => {
  sqlite = openSqlite(':memory:')
  applySchema(sqlite)
  const prepare = sqlite.prepare.bind(sqlite)
  // Every statement that the program prepares is kept, word for word.
  sqlite.prepare = (sql: string) => {
    prepared.push(sql)
    return prepare(sql)
  }
  database = databaseOf(sqlite, { deviceId: 'desk', now: () => 0 })
})
afterAll(() => sqlite.close())

/** What SQLite says it would do for the statements that this work prepares. */
function planOf(work: (db: ReadableDb & WritableDb) => unknown): string[] {
  prepared.length = 0
  database.transact((db) => {
    work(db)
  })
  const statements = [...prepared]
  expect(statements).not.toEqual([])
  return statements.flatMap((sql) => {
    const places = sql.split('?').length - 1
    const lines = sqlite.prepare(`explain query plan ${sql}`).all(...Array<null>(places).fill(null))
    return (lines as { detail: string }[]).map(({ detail }) => detail)
  })
}

/** A list that was given with the statement is no table. */
const readsWhole = (line: string) => line.startsWith('SCAN') && !line.startsWith('SCAN json_each')

const requestId = RequestId.parse(uuid(1))
const personId = PersonId.parse(uuid(2))
const key = { botId: 1, epoch: 0, updateId: 5 }
const card = {
  dedupeKey: 'card',
  chatId: 1,
  kind: 'status',
  cardId: 'status:1',
  requestId: null,
  method: 'card',
  payload: {},
  policy: 'at-least-once',
  notBefore: 0,
  createdAt: 0,
} as const

/** Statements that stand in the way of everything else: none may read a table from end to end, none may sort. */
const cases: readonly {
  readonly name: string
  readonly work: (db: WritableDb) => unknown
  readonly by: string
}[] = [
  {
    name: 'the first page of a column',
    work: (db) => findColumn(db, 'OPEN', null, 26),
    by: 'requests_board',
  },
  {
    name: 'the next page of a column',
    work: (db) => findColumn(db, 'OPEN', { boardOrder: 5, id: requestId }, 26),
    by: 'requests_board (status=? AND (board_order,id)>(?,?))',
  },
  {
    name: 'changed cards',
    work: (db) => findCards(db, [requestId]),
    by: 'sqlite_autoindex_requests_1 (id=?)',
  },
  { name: 'messages that were tried in vain', work: retryingSince, by: 'outbox_pending (not_before>?)' },
  {
    name: 'the samples of a history',
    work: (db) => findSamples(db, 1, 0, 1),
    by: 'sqlite_autoindex_health_samples_1 (span=? AND at>? AND at<?)',
  },
  { name: 'the counters', work: countByStatus, by: 'counters' },
  { name: 'how many updates wait', work: waitingUpdates, by: 'inbox_new' },
  { name: 'how many updates were set aside', work: countSetAside, by: 'inbox_dead' },
  {
    name: 'how many messages wait',
    work: (db) => waitingMessages(db, 5),
    by: 'outbox_pending (not_before<?)',
  },
  { name: 'how many messages are in trouble', work: countTroubled, by: 'outbox_trouble' },
  {
    name: 'how many promises end in a span of time',
    work: (db) => countDue(db, 0, 5),
    by: 'requests_board (status=? AND board_order>? AND board_order<?)',
  },
  { name: 'the oldest request that nobody has', work: oldestUnassignedAt, by: 'requests_board (status=?)' },
  {
    name: 'a page of the archive',
    work: (db) => findArchived(db, null, 51),
    by: 'requests_archive (ended_at>? AND (ended_at,id)<(?,?))',
  },
  {
    name: 'the open requests of a resident',
    work: (db) => findOpenOf(db, personId, 20),
    by: 'requests_user (user_id=?)',
  },
  {
    name: 'how many requests a resident made lately',
    work: (db) => countOf(db, personId, 0, 1),
    by: 'requests_user (user_id=? AND created_at>? AND created_at<?)',
  },
  {
    name: 'the jobs of a technician',
    work: (db) => findJobsOf(db, personId, 20),
    by: 'requests_assignee (assigned_to=? AND status=?)',
  },
  {
    name: 'what closes by itself',
    work: (db) => findResolvedBefore(db, 0, 200),
    by: 'requests_auto_close (completed_at<?)',
  },
  { name: 'a request', work: (db) => findRequest(db, requestId), by: 'sqlite_autoindex_requests_1 (id=?)' },
  {
    name: 'the comments of a request',
    work: (db) => findComments(db, requestId),
    by: 'comments_request (request_id=?)',
  },
  {
    name: 'the files of a request',
    work: (db) => findFiles(db, requestId),
    by: 'files_request (request_id=?)',
  },
  {
    name: 'the files of a content',
    work: (db) => findFilesOfContent(db, 'x'),
    by: 'files_unique (unique_id=?)',
  },
  {
    name: 'the history of a request',
    work: (db) => findChanges(db, requestId),
    by: 'changes_row (table_name=? AND row_id=?)',
  },
  {
    name: 'messages that are due',
    work: (db) => findDue(db, 0, 50, new Set([1])),
    by: 'outbox_pending (not_before<?)',
  },
  {
    name: 'a card that waits to be redrawn',
    work: (db) => isCardWaiting(db, card.cardId, card.notBefore),
    by: 'outbox_card (card_id=?)',
  },
  {
    name: 'held messages of an undone action',
    work: (db) => cancelOutgoing(db, requestId, 'x', 0),
    by: 'outbox_request (request_id=?)',
  },
  {
    name: 'when the next message is due',
    work: (db) => nextDueAt(db, 0),
    by: 'outbox_pending (not_before>?)',
  },
  {
    name: 'messages to send again at once',
    work: (db) => {
      retryOutgoing(db, 0)
    },
    by: 'outbox_pending (not_before>?)',
  },
  { name: 'a message', work: (db) => findOutgoing(db, 1), by: 'INTEGER PRIMARY KEY' },
  {
    name: 'a message about to be sent',
    work: (db) => {
      startSending(db, 1)
    },
    by: 'INTEGER PRIMARY KEY',
  },
  {
    name: 'a message that was sent',
    work: (db) => {
      settleOutgoing(db, { id: 1, requestId: null, kind: 'say' }, { state: 'sent', at: 0 })
    },
    by: 'INTEGER PRIMARY KEY',
  },
  { name: 'an update', work: (db) => findIncoming(db, key), by: 'bot_id=? AND epoch=? AND update_id=?' },
  {
    name: 'an update that was handled',
    work: (db) => {
      finishIncoming(db, key, 'done')
    },
    by: 'bot_id=? AND epoch=? AND update_id=?',
  },
  { name: 'where the reading stands', work: (db) => findListening(db, 1), by: 'INTEGER PRIMARY KEY' },
  {
    name: 'downloads that wait',
    work: (db) => findWaitingDownloads(db, 0, 5),
    by: 'downloads_waiting (not_before<?)',
  },
  { name: 'a download', work: (db) => findDownload(db, 'x'), by: 'unique_id=?' },
  { name: 'a person', work: (db) => findPerson(db, personId), by: 'sqlite_autoindex_users_1 (id=?)' },
  {
    name: 'whoever writes',
    work: (db) => findByTelegramId(db, 1),
    by: 'users_telegram_id_unique (telegram_id=?)',
  },
  { name: 'the manager', work: findManager, by: 'users_telegram_id_unique' },
  { name: 'the technicians', work: findTechnicians, by: 'users_role (role=?)' },
  { name: 'everybody', work: listPeople, by: 'users_role (role=?)' },
  { name: 'a building', work: (db) => findBuilding(db, BuildingId.parse(uuid(1))), by: 'id=?' },
  { name: 'the building of a code', work: (db) => findBuildingByCode(db, 'x'), by: 'link_code=?' },
  { name: 'a unit', work: (db) => findUnit(db, UnitId.parse(uuid(1))), by: 'id=?' },
  { name: 'the unit of a code', work: (db) => findUnitByCode(db, 'x'), by: 'link_code=?' },
  { name: 'a card of the bot', work: (db) => findCard(db, 'x'), by: 'id=?' },
  { name: 'a pressed button', work: (db) => findCardByToken(db, 'x'), by: 'token=?' },
  {
    name: 'the message of a card',
    work: (db) => {
      setCardMessage(db, 'x', 1)
    },
    by: 'id=?',
  },
  { name: 'the message replied to', work: (db) => findLink(db, 1, 1), by: 'chat_id=? AND message_id=?' },
  { name: 'a comment', work: (db) => findComment(db, CommentId.parse(uuid(1))), by: 'id=?' },
  { name: 'the dialogue of a chat', work: (db) => findDialogue(db, 1), by: 'INTEGER PRIMARY KEY' },
  { name: 'an invitation', work: (db) => findInvite(db, 'x'), by: 'id=?' },
  { name: 'the invitation of a code', work: (db) => findInviteByCode(db, 'x'), by: 'code=?' },
  { name: 'a setting', work: (db) => readSetting(db, 'language'), by: 'key=?' },
  { name: 'the next number', work: nextSequence, by: '' },
]

test.each(cases)('$name: found by an index, in order', ({ work, by }) => {
  const plan = planOf(work)
  expect({
    plan,
    scans: plan.filter(readsWhole),
    sorts: plan.filter((line) => line.includes('TEMP B-TREE')),
    found: plan.some((line) => line.includes(by)) || by === '',
  }).toEqual({ plan, scans: [], sorts: [], found: true })
})

test.each([
  { name: 'the alerts that are open', work: findOpenAlerts, queue: 'alerts_open' },
  { name: 'messages that were being sent', work: findSending, queue: 'outbox_sending' },
  { name: 'messages that did not arrive', work: findTrouble, queue: 'outbox_trouble' },
  {
    name: 'messages of a card that may not have arrived',
    work: (db: ReadableDb) => isCardUncertain(db, 'status:x'),
    queue: 'outbox_trouble',
  },
  { name: 'new updates', work: (db: ReadableDb) => findNew(db, 100), queue: 'inbox_new' },
  { name: 'updates that were given up', work: findDead, queue: 'inbox_dead' },
])('$name: read from a queue that holds nothing else, in its order', ({ work, queue }) => {
  const plan = planOf(work)
  expect({
    plan,
    scans: plan.filter((line) => line.startsWith('SCAN') && !line.includes(`INDEX ${queue}`)),
    sorts: plan.filter((line) => line.includes('TEMP B-TREE')),
  }).toEqual({ plan, scans: [], sorts: [] })
})

test.each([
  // A building has some dozens of units; a queue is short, and after a failure only.
  {
    name: 'the units of a building',
    work: (db: ReadableDb) => findUnits(db, BuildingId.parse(uuid(1)), 0, 16),
    by: 'units_building_name (building_id=?)',
  },
  {
    name: 'the first message of a chat',
    work: (db: ReadableDb) => findFirstDueOf(db, 1, 0),
    by: 'outbox_pending (not_before<?)',
  },
])('$name: found by an index, and then sorted', ({ work, by }) => {
  const plan = planOf(work)
  expect({ plan, scans: plan.filter(readsWhole), found: plan.some((line) => line.includes(by)) }).toEqual({
    plan,
    scans: [],
    found: true,
  })
})
