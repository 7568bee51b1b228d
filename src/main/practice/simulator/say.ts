import type { MessageDraft } from './state'

/** Puts a message from the person into the chat and into the bot's updates; returns its id. */
export type Say = (draft: MessageDraft) => number
