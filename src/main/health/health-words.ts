import type { HealthAction, HealthIssueCode } from '../../shared/model/judgement'

/** What is wrong, for people at a terminal. */
export const ISSUE_WORDS: Readonly<Record<HealthIssueCode, string>> = {
  'not-listening': 'Telegram cannot be reached',
  'token-refused': 'Telegram refuses the token of the bot',
  'no-token': 'no bot is connected',
  conflict: 'something else receives the messages of this bot',
  'updates-wait': 'received messages are not handled',
  'updates-set-aside': 'received messages were set aside, for a person to look at',
  'messages-wait': 'messages wait to be sent',
  'messages-failed': 'messages could not be sent',
  'disk-low': 'there is little room on the disk',
  'disk-full': 'the disk is full',
  'backup-old': 'the newest proven backup is too old, or there is none',
  'check-failed': 'the file with the data is damaged',
  'slow-loop': 'the program is slow to respond',
}

/** What can be done about it, for people at a terminal. */
export const ACTION_WORDS: Readonly<Record<HealthAction, string>> = {
  'check-network': 'look at the network connection',
  'replace-token': 'connect the bot again, with its present token',
  'close-other-program': 'close the other program, or remove the webhook',
  'look-at-attention': 'open the window and look at what needs attention',
  'free-disk-space': 'make room on the disk',
  'make-backup': 'make a backup',
  'restore-backup': 'open the window and restore a backup',
}
