import { BotState } from '../../shared/model/bot-state'
import { DiskState } from '../../shared/model/conditions'
import { HealthIssueCode } from '../../shared/model/judgement'
import { histogram } from './metric-histograms'
import { byLabel, type MetricRow, type Sample, type Seen, single, whichOf } from './metric-rows'

const BOT_STATES = BotState.options.map((option) => option.shape.kind.value)
const CHECKS = ['ok', 'failed', 'none-yet'] as const

/** How long ago something was, in seconds; null when it never was. */
function ageOf(at: number | null, { facts }: Seen): number | null {
  return at === null ? null : Math.max(0, facts.at - at) / 1000
}

/** Of things that wait, none is as good as one of this moment. */
function waitOf(at: number | null, seen: Seen): number {
  return ageOf(at, seen) ?? 0
}

/** Counted by method and outcome together, such as `card sent`. */
function sendsOf({ measures }: Seen): readonly Sample[] {
  return [...measures.counters('sends')].map(([label, value]) => {
    const [method = '', outcome = ''] = label.split(' ')
    return { labels: { method, outcome }, value }
  })
}

const PROGRAM: readonly MetricRow[] = [
  byLabel(
    'gauge',
    { name: 'dispatcher_info', help: 'Version of the program; always 1.', label: 'version' },
    (seen) => [[seen.version, 1]],
  ),
  single(
    'gauge',
    { name: 'dispatcher_start_time_seconds', help: 'When the program was started, in Unix time.' },
    ({ facts }) => facts.startedAt / 1000,
  ),
  byLabel(
    'gauge',
    {
      name: 'dispatcher_start_phase_seconds',
      help: 'Time from the start to the end of a phase of it.',
      label: 'phase',
    },
    ({ measures }) => [...measures.phases()].map(([phase, ms]) => [phase, ms / 1000]),
  ),
  single(
    'gauge',
    { name: 'dispatcher_healthy', help: '1 unless something serious is wrong.' },
    ({ judgement }) => Number(judgement.healthy),
  ),
  byLabel(
    'gauge',
    { name: 'dispatcher_issue', help: '1 for each thing that is wrong, otherwise 0.', label: 'code' },
    ({ judgement }) => {
      const found = new Set(judgement.issues.map(({ code }) => code))
      return HealthIssueCode.options.map((code) => [code, Number(found.has(code))])
    },
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_event_loop_delay_seconds',
      help: 'Delay of the event loop at its worst in the last minute.',
    },
    ({ facts }) => facts.process.loopDelayMs / 1000,
  ),
  single(
    'gauge',
    { name: 'dispatcher_memory_bytes', help: 'Memory of all processes of the program.' },
    ({ facts }) => facts.process.memoryBytes,
  ),
  byLabel(
    'counter',
    { name: 'dispatcher_log_lines_total', help: 'Lines written to the log, by level.', label: 'level' },
    ({ measures }) => measures.counters('log-lines'),
  ),
  single(
    'counter',
    { name: 'dispatcher_window_errors_total', help: 'Errors in the window.' },
    ({ facts }) => facts.totals.windowErrors,
  ),
]

const TELEGRAM: readonly MetricRow[] = [
  whichOf(
    {
      name: 'dispatcher_bot_state',
      help: '1 for the state that the bot is in, 0 for the others.',
      label: 'state',
    },
    BOT_STATES,
    ({ facts }) => facts.bot.state,
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_bot_answer_age_seconds',
      help: 'Time since Telegram last answered; none before the first time.',
    },
    (seen) => ageOf(seen.facts.bot.lastAnsweredAt, seen),
  ),
  single(
    'counter',
    { name: 'dispatcher_updates_received_total', help: 'Updates received from Telegram.' },
    ({ facts }) => facts.totals.updatesReceived,
  ),
  byLabel(
    'counter',
    {
      name: 'dispatcher_updates_handled_total',
      help: 'Updates handled, by what became of them.',
      label: 'outcome',
    },
    ({ measures }) => measures.counters('updates-handled'),
  ),
  single(
    'counter',
    { name: 'dispatcher_updates_failed_total', help: 'Failed tries to handle an update.' },
    ({ facts }) => facts.totals.updatesFailed,
  ),
  {
    name: 'dispatcher_sends_total',
    type: 'counter',
    help: 'Calls that send or change a message, by method and outcome.',
    labels: ['method', 'outcome'],
    read: sendsOf,
  },
  byLabel(
    'counter',
    { name: 'dispatcher_send_retries_total', help: 'Calls that are to be tried again.', label: 'method' },
    ({ measures }) => measures.counters('sends-retried'),
  ),
]

const QUEUES: readonly MetricRow[] = [
  single(
    'gauge',
    { name: 'dispatcher_inbox_waiting', help: 'Received updates that are not handled yet.' },
    ({ facts }) => facts.inbox.waiting,
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_inbox_oldest_seconds',
      help: 'How long the oldest of them has waited; 0 when none waits.',
    },
    (seen) => waitOf(seen.facts.inbox.oldestAt, seen),
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_inbox_set_aside',
      help: 'Updates set aside after all tries, for a person to look at.',
    },
    ({ facts }) => facts.inbox.setAside,
  ),
  single(
    'gauge',
    { name: 'dispatcher_outbox_waiting', help: 'Messages that are still to be sent.' },
    ({ facts }) => facts.outbox.waiting,
  ),
  single(
    'gauge',
    { name: 'dispatcher_outbox_oldest_seconds', help: 'How long the oldest of them is due; 0 when none is.' },
    (seen) => waitOf(seen.facts.outbox.oldestAt, seen),
  ),
  single(
    'gauge',
    { name: 'dispatcher_outbox_unknown', help: 'Messages of which nobody knows whether they arrived.' },
    ({ facts }) => facts.outbox.unknown,
  ),
  single(
    'gauge',
    { name: 'dispatcher_outbox_failed', help: 'Messages given up.' },
    ({ facts }) => facts.outbox.failed,
  ),
]

const STORAGE: readonly MetricRow[] = [
  single(
    'gauge',
    { name: 'dispatcher_database_bytes', help: 'Size of the database.' },
    ({ facts }) => facts.database.bytes,
  ),
  single(
    'gauge',
    { name: 'dispatcher_database_wal_bytes', help: "Size of the database's write-ahead log." },
    ({ facts }) => facts.database.walBytes,
  ),
  whichOf(
    {
      name: 'dispatcher_database_check',
      help: '1 for what the last check of the whole database said, 0 for the others.',
      label: 'result',
    },
    CHECKS,
    ({ facts }) => facts.database.check,
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_backup_age_seconds',
      help: 'Age of the newest proven backup; none while there is no backup.',
    },
    (seen) => ageOf(seen.facts.backup?.lastAt ?? null, seen),
  ),
  single(
    'gauge',
    { name: 'dispatcher_backup_old', help: '1 when the newest proven backup is too old or there is none.' },
    ({ facts }) => facts.backup && Number(facts.backup.isOld),
  ),
  single(
    'gauge',
    { name: 'dispatcher_disk_free_bytes', help: 'Room left on the disk of the data folder.' },
    ({ facts }) => facts.disk.freeBytes,
  ),
  whichOf(
    {
      name: 'dispatcher_disk_state',
      help: '1 for how much room the disk has, 0 for the others.',
      label: 'state',
    },
    DiskState.options,
    ({ facts }) => facts.disk.state,
  ),
]

const WORK: readonly MetricRow[] = [
  byLabel(
    'gauge',
    { name: 'dispatcher_requests', help: 'Requests on the board.', label: 'status' },
    ({ facts }) => Object.entries(facts.requests.byStatus),
  ),
  single(
    'gauge',
    { name: 'dispatcher_requests_at_risk', help: 'Open requests near their due time.' },
    ({ facts }) => facts.requests.atRisk,
  ),
  single(
    'gauge',
    { name: 'dispatcher_requests_overdue', help: 'Open requests past their due time.' },
    ({ facts }) => facts.requests.overdue,
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_unassigned_oldest_seconds',
      help: 'Age of the oldest request that nobody has; 0 for none.',
    },
    (seen) => waitOf(seen.facts.requests.oldestUnassignedAt, seen),
  ),
  single(
    'gauge',
    {
      name: 'dispatcher_sync_lag_seconds',
      help: 'How far behind the second desk is; none while there is no other.',
    },
    ({ facts }) => facts.sync && facts.sync.lagMs / 1000,
  ),
]

const TIMES: readonly MetricRow[] = [
  histogram({
    name: 'dispatcher_handler_seconds',
    help: 'Time to handle an update, by its kind.',
    timer: 'handler',
    label: 'kind',
  }),
  histogram({
    name: 'dispatcher_use_case_seconds',
    help: 'Time of a use case.',
    timer: 'use-case',
    label: 'use_case',
  }),
  histogram({
    name: 'dispatcher_send_seconds',
    help: 'Time of a call to Telegram that sends or changes a message.',
    timer: 'send',
    label: 'method',
  }),
  histogram({
    name: 'dispatcher_commit_seconds',
    help: 'Time of a commit to the database.',
    timer: 'commit',
    label: null,
  }),
  histogram({
    name: 'dispatcher_checkpoint_seconds',
    help: "Time to bring the write-ahead log's content into the database.",
    timer: 'checkpoint',
    label: null,
  }),
]

/** Every metric that the endpoint offers, in the order of its answer. */
export const METRICS: readonly MetricRow[] = [
  ...PROGRAM,
  ...TELEGRAM,
  ...QUEUES,
  ...STORAGE,
  ...WORK,
  ...TIMES,
]
