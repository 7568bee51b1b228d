import type { BotCommand, User, UserFromGetMe } from 'grammy/types'
import type { BotTexts, SimulatorState } from './state'

type ProfileState = Pick<SimulatorState, 'names' | 'descriptions' | 'shortDescriptions' | 'commands'>

/** Who the bot is and what it has told Telegram about itself. */
export class BotProfile {
  readonly id: number
  readonly username: string
  readonly names: Map<string, string>
  readonly descriptions: Map<string, string>
  readonly shortDescriptions: Map<string, string>
  readonly commands: Map<string, readonly BotCommand[]>
  readonly #firstName: string

  constructor(id: number, firstName: string, username: string, state?: ProfileState) {
    this.id = id
    this.username = username
    this.#firstName = firstName
    this.names = entries(state?.names)
    this.descriptions = entries(state?.descriptions)
    this.shortDescriptions = entries(state?.shortDescriptions)
    this.commands = new Map(Object.entries(state?.commands ?? {}))
  }

  user(): User {
    return { id: this.id, is_bot: true, first_name: this.name(''), username: this.username }
  }

  getMe(): UserFromGetMe {
    return {
      ...this.user(),
      is_bot: true,
      username: this.username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_guest_queries: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    }
  }

  name(language: string): string {
    return this.names.get(language) ?? this.names.get('') ?? this.#firstName
  }

  /** The commands a person's menu shows: the closest scope wins, in it the person's language. */
  commandsFor(personId: number, language: string): readonly BotCommand[] {
    const keys = [`chat/${personId}`, 'all_private_chats', 'default'].flatMap((scope) => [
      `${scope}:${language}`,
      `${scope}:`,
    ])
    for (const key of keys) {
      const commands = this.commands.get(key)
      if (commands) return commands
    }
    return []
  }

  snapshot(): ProfileState {
    return {
      names: Object.fromEntries(this.names),
      descriptions: Object.fromEntries(this.descriptions),
      shortDescriptions: Object.fromEntries(this.shortDescriptions),
      commands: Object.fromEntries(this.commands),
    }
  }
}

function entries(texts: BotTexts | undefined): Map<string, string> {
  return new Map(Object.entries(texts ?? {}))
}
