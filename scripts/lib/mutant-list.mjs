// Every guard with the change that takes it out, and the test that must notice: a unit test by file and name, or a case
// of the rig by name and by what it must find.

const one = (file, find, replace) => [{ file, find, replace }]
const unit = (file, name) => ({ unit: { file, name } })
const rig = (name, kind) => ({ rig: { name, kind } })

const CONNECTION = 'src/main/db/connection.ts'
const synchronous = (mode, number) => [
  { file: CONNECTION, find: 'synchronous = FULL', replace: `synchronous = ${mode}` },
  { file: CONNECTION, find: 'synchronous !== 2', replace: `synchronous !== ${number}` },
]

export const MUTANTS = [
  {
    guard: 'a sync at every commit (synchronous NORMAL)',
    changes: synchronous('NORMAL', 1),
    ...rig('power cut in a day of work', 'lost'),
  },
  {
    guard: 'any sync at all (synchronous OFF)',
    changes: synchronous('OFF', 0),
    ...rig('power cut while the log is written back', 'corrupt'),
  },
  {
    guard: 'the look whether commits are synced',
    changes: one(CONNECTION, 'if (synchronous !== 2)', 'if (synchronous === 99)'),
    ...unit('src/main/db/connection.test.ts', 'a connection that is set to lose commits is refused'),
  },
  {
    guard: 'storing before confirming',
    changes: one(
      'src/main/bot/poll-loop.ts',
      '  try {\n    const batch = parseBatch(answer)',
      '  const early = parseBatch(answer).at(-1)\n  if (early) await api.raw.getUpdates({ offset: early.update_id + 1, timeout: 0 })\n  try {\n    const batch = parseBatch(answer)',
    ),
    ...rig('killed at every named point', 'lost'),
  },
  {
    guard: 'the key of the inbox',
    changes: one(
      'src/main/db/inbox.ts',
      '.values(columnsAsPlaceholders(inbox)).onConflictDoNothing()',
      '.values(columnsAsPlaceholders(inbox))',
    ),
    ...rig('the same updates five times', 'stuck'),
  },
  {
    guard: 'the end of an inbox row in the same transaction',
    changes: one('src/main/bot/processor.ts', 'finishIncoming(db, row, handled)', 'void finishIncoming'),
    ...unit('src/main/bot/processor.test.ts', 'updates are handled in their order and marked'),
  },
  {
    guard: 'taking back what a failed update has written',
    changes: one('src/main/bot/processor.ts', 'batch.undo()', 'void batch.undo'),
    ...unit('src/main/bot/processor.test.ts', 'what a failing handler has written is taken back'),
  },
  {
    guard: 'the five tries',
    changes: one('src/main/bot/processor.ts', "attempts >= TRIES ? 'dead' : 'new'", "'new'"),
    ...rig('a message that can never be handled', '(stuck|untrue)'),
  },
  {
    guard: 'the note before a call',
    changes: one('src/main/bot/sender.ts', '      startSending(db, row.id)\n', '      void startSending\n'),
    ...rig('killed at every named point', '(twice|stuck)'),
  },
  {
    guard: 'the policy of what must not be sent twice',
    changes: one(
      'src/main/bot/settle-sent.ts',
      "if (uncertain && row.policy === 'at-most-once')",
      'if (uncertain && row.id < 0)',
    ),
    ...unit('src/main/bot/sender.test.ts', 'a lost answer: a message is not sent twice'),
  },
  {
    guard: 'the memory of cards that may have come',
    changes: one(
      'src/main/bot/settle-sent.ts',
      'attempts >= 2 || isCardUncertain(db, cardId)',
      'attempts >= 2',
    ),
    ...unit('src/main/bot/sender.test.ts', 'a card of which nobody knows whether it came'),
  },
  {
    guard: 'the sync of a fetched file',
    changes: one('src/main/bot/downloader.ts', '      await file.sync()\n', ''),
    ...rig('power cut in a day of work', '(corrupt|lost)'),
  },
  {
    guard: 'the sync of the folder of a fetched file',
    changes: one(
      'src/main/bot/downloader.ts',
      '  await syncFolder(dirname(path))\n  await syncFolder(dirname(dirname(path)))\n',
      '  await Promise.resolve([path, syncFolder])\n',
    ),
    ...rig('power cut in a day of work', 'lost'),
  },
  {
    guard: 'the sync of a name that a kill has left',
    changes: one('src/main/bot/downloader.ts', '    await syncFolders(path)\n    return\n', '    return\n'),
    ...rig('after a kill between the name of a file', 'lost'),
  },
  {
    guard: 'the pause that Telegram asks for',
    changes: one('src/main/bot/settle-sent.ts', 'notBefore: now + ended.ms }', 'notBefore: now }'),
    ...rig('too many calls, when sending', 'untrue'),
  },
  {
    guard: 'the pause after an error',
    changes: one(
      'src/main/bot/pause.ts',
      'Math.max(1000, Math.round(whole / 2 + (whole / 2) * random()))',
      'Math.round(random())',
    ),
    ...rig('an answer without result', 'untrue'),
  },
  {
    guard: 'the deadline of a poll',
    changes: [
      {
        file: 'src/main/bot/poll-loop.ts',
        find: 'AbortSignal.timeout(pollSeconds * 1000 + graceMs)',
        replace: 'AbortSignal.timeout(500_000)',
      },
      {
        file: 'src/main/bot/identify.ts',
        find: 'timeoutSeconds: CLIENT_SECONDS',
        replace: 'timeoutSeconds: 500',
      },
    ],
    ...rig('a poll that is never answered', 'stuck'),
  },
  {
    guard: 'the longest answer',
    changes: one('src/main/bot/http-client.ts', 'if (size > limit)', 'if (size < 0)'),
    ...rig('an answer of 25 MB', 'stuck'),
  },
  {
    guard: 'telling a page of the network from Telegram',
    changes: one('src/main/bot/http-client.ts', "type.includes('text/html')", "type.includes('text/never')"),
    ...rig('a page of the network', 'stuck'),
  },
  {
    guard: 'the order of a batch',
    changes: one(
      'src/main/bot/updates.ts',
      'return updates.sort((a, b) => a.update_id - b.update_id)',
      'return updates',
    ),
    ...unit(
      'src/main/bot/any-update.test.ts',
      'every update with a number stays in its batch, by rising number',
    ),
  },
  {
    guard: 'noticing that Telegram numbers anew',
    changes: one(
      'src/main/bot/store-batch.ts',
      'isRenumbered(db, before, batch) ? 1 : 0',
      'isRenumbered(db, before, []) ? 1 : 0',
    ),
    ...rig('the numbering begins with numbers that were used', '(lost|stuck)'),
  },
  {
    guard: 'leaving out an old offset',
    changes: one(
      'src/main/bot/poll-loop.ts',
      'const stale = first || nextOffset === null || lastOkAt === null || now() - lastOkAt > OFFSET_LIFE_MS',
      'const stale = nextOffset === null || lastOkAt === null || now() < OFFSET_LIFE_MS || first === null',
    ),
    ...rig('the numbering begins with numbers that were used', '(lost|stuck)'),
  },
  {
    guard: 'giving up a token that is refused',
    changes: one(
      'src/main/bot/poll-loop.ts',
      "          show({ kind: 'token-refused', since })\n          return null",
      "          show({ kind: 'token-refused', since })\n          return 1000",
    ),
    ...unit('src/main/bot/poll-loop.test.ts', 'a refused token ends the calls'),
  },
  {
    guard: 'telling a full disk',
    changes: one(
      'src/main/bot/storage-trouble.ts',
      "startsWith('SQLITE_FULL')",
      "startsWith('SQLITE_NEVER')",
    ),
    ...rig('the disk is full while messages come', 'stuck'),
  },
  {
    guard: 'taking a full disk for no fault of the message',
    changes: one(
      'src/main/bot/storage-trouble.ts',
      '/^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/u',
      '/^SQLITE_NEVER/u',
    ),
    ...unit('src/main/bot/processor.test.ts', 'SQLITE_FULL'),
  },
  {
    guard: 'the owner of a data folder',
    changes: one(
      'src/main/settings/folder-lock.ts',
      'owner !== null && stands(owner, force)',
      'owner?.pid === 0 && stands(owner, force)',
    ),
    ...rig('a second program on the same data', '(untrue|stuck)'),
  },
  {
    guard: 'putting right what a wrong clock has put off',
    changes: one('src/main/bot/engine.ts', 'bringBackDueTimes(db, now())', 'void bringBackDueTimes'),
    ...rig('the clock is a year ahead while nothing goes out, and right', 'stuck'),
  },
  {
    guard: 'noticing a clock that is set back',
    changes: one('src/main/bot/clock-watch.ts', 'if (isSetBack) onSetBack()', 'void onSetBack'),
    ...rig('the clock is a year ahead while nothing goes out, and is put', 'stuck'),
  },
  {
    guard: 'the chat of a button',
    changes: one(
      'src/main/bot/features/buttons.ts',
      'card?.chatId !== privateChatOf(ctx)',
      'card === undefined',
    ),
    ...unit('src/main/bot/strangers.test.ts', 'a button that comes from another chat does nothing'),
  },
  {
    guard: 'the barrier before whom the desk has shut out',
    changes: one(
      'src/main/bot/features/barrier.ts',
      'if (ctx.person.isActive ||',
      'if (ctx.person.id !== undefined ||',
    ),
    ...rig('somebody whom the desk has shut out', 'untrue'),
  },
  {
    guard: 'private chats only',
    changes: one(
      'src/main/bot/bot.ts',
      "ctx.chat !== undefined && ctx.chat.type !== 'private'",
      'ctx.chat === null',
    ),
    ...rig('kinds of updates that nobody knows', 'untrue'),
  },
  {
    guard: 'the most requests of one person',
    changes: one('src/main/usecases/drafting.ts', 'const MOST_REQUESTS = 10', 'const MOST_REQUESTS = 1e9'),
    ...rig('one person who sends request after request', 'untrue'),
  },
  {
    guard: 'the largest file',
    changes: one('src/main/usecases/registering.ts', 'sizeBytes > LARGEST_FILE', 'sizeBytes < 0'),
    ...unit('src/main/bot/downloader.test.ts', 'a file that is too big is marked'),
  },
  {
    guard: 'the sync of the name of a folder of backups',
    changes: one('src/main/backups/disk.ts', 'syncFolder(dirname(made))', 'void made'),
    ...rig('power cut while a backup is made', 'corrupt'),
  },
  {
    guard: 'the sync of the decision to swap, and of every manifest',
    changes: one(
      'src/main/backups/disk.ts',
      'mode: 0o600 })\n    keepFile(partial, path)',
      'mode: 0o600 })\n    renameSync(partial, path)',
    ),
    ...rig('power cut while a backup is restored', '(?:corrupt|lost)'),
  },
  {
    guard: 'whole characters in the name of a file',
    changes: one('src/main/bot/file-of.ts', "\n      .replace(HALF_A_CHARACTER, '')", ''),
    ...rig('files with names that lead elsewhere', 'untrue'),
  },
  {
    guard: 'taking control and direction marks out',
    changes: one('src/main/domain/plain-text.ts', ".replace(UNSAFE, '')", ".replace(/\\u0000/gu, '')"),
    ...rig('names, words and captions', 'untrue'),
  },
  {
    guard: 'the redactor of the log',
    changes: one(
      'src/main/telemetry/log.ts',
      'redactor.fields({ ...given, ...presentContext(), ...given })',
      'JSON.parse(JSON.stringify(given, (_k, v) => (v instanceof Error ? String(v.stack) + JSON.stringify(v) : v)))',
    ),
    ...unit('src/main/telemetry/log.test.ts', 'lines are JSON with time'),
  },
  {
    guard: 'a crashed window that is told nothing',
    changes: one(
      'src/main/ipc/trusted-sender.ts',
      '    return null\n  }\n}',
      "    throw new Error('gone')\n  }\n}",
    ),
    ...unit('src/main/ipc/trusted-sender.test.ts', 'a window whose process has crashed'),
  },
  {
    guard: 'the end of a row of restarts',
    changes: one('src/main/settings/restarts.ts', 'const MOST_RESTARTS = 2', 'const MOST_RESTARTS = 99'),
    ...unit('src/main/settings/restarts.test.ts', 'twice within five minutes, not a third time'),
  },
  {
    guard: 'the safe page after three crashes',
    changes: one('src/main/windows/crash-counter.ts', 'const MOST_CRASHES = 3', 'const MOST_CRASHES = 99'),
    ...unit('src/main/windows/crash-counter.test.ts', 'three within a minute'),
  },
]
