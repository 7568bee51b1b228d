import { seededNumber } from './seeded'
import type { SimulatorState } from './state'

/** The state of a bot nobody has written to yet; its first update id looks random but is always the same. */
export function freshState(botId: number): SimulatorState {
  return {
    version: 1,
    botId,
    tokenNumber: 1,
    tokenRevoked: false,
    nextMessageId: 1,
    nextUpdateId: 100_000_000 + seededNumber(`updates/${botId}`, 800_000_000),
    nextFileNumber: 1,
    updates: [],
    webhookUrl: '',
    chats: [],
    files: [],
    names: {},
    descriptions: {},
    shortDescriptions: {},
    commands: {},
  }
}
