import type { BotCommand } from 'grammy/types'
import type { ApiContext, ApiMethod } from './api-context'
import { badRequest } from './api-error'
import type { BotProfile } from './bot-profile'
import type { CallParams } from './http-body'
import { limits } from './limits'
import { jsonParam, textParam } from './params'
import { isRecord } from './unknown-value'

type TextsOf = (bot: BotProfile) => Map<string, string>

const plainScopes = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'])

function languageOf(call: CallParams): string {
  const language = textParam(call, 'language_code') ?? ''
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified')
  return language
}

/** A pair of methods for one text about the bot; `length` in characters. */
function textMethods(
  suffix: string,
  field: string,
  length: number,
  textsOf: TextsOf,
): Record<string, ApiMethod> {
  return {
    [`setMy${suffix}`]: (context) => {
      const language = languageOf(context.call)
      const text = textParam(context.call, field) ?? ''
      if (text.length > length) throw badRequest(`${field.replaceAll('_', ' ')} is too long`)
      const texts = textsOf(context.world.bot)
      if (text === '') texts.delete(language)
      else texts.set(language, text)
      context.changed()
      return true
    },
    [`getMy${suffix}`]: (context) => {
      const texts = textsOf(context.world.bot)
      const language = languageOf(context.call)
      const fallback = field === 'name' ? context.world.bot.name(language) : ''
      return { [field]: texts.get(language) ?? texts.get('') ?? fallback }
    },
  }
}

function commandsKey(context: ApiContext): string {
  const raw = jsonParam(context.call, 'scope')
  return `${scopeKey(context, raw)}:${languageOf(context.call)}`
}

function scopeKey(context: ApiContext, raw: unknown): string {
  if (raw === undefined) return 'default'
  const type = isRecord(raw) ? raw['type'] : undefined
  if (typeof type === 'string' && plainScopes.has(type)) return type
  if (!isRecord(raw) || type !== 'chat')
    throw badRequest("can't parse BotCommandScope: unsupported type specified")
  const chat = context.world.chat(Number(raw['chat_id']))
  if (!chat?.person.started) throw badRequest('chat not found')
  return `chat/${chat.person.profile.id}`
}

function setMyCommands(context: ApiContext): unknown {
  const raw = jsonParam(context.call, 'commands')
  if (!Array.isArray(raw)) throw badRequest("can't parse commands: expected an Array of BotCommand")
  const commands = (raw as unknown[]).map(readCommand)
  if (commands.length > limits.commands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  const key = commandsKey(context)
  if (commands.length === 0) context.world.bot.commands.delete(key)
  else context.world.bot.commands.set(key, commands)
  context.changed()
  return true
}

function readCommand(raw: unknown): BotCommand {
  if (!isRecord(raw)) throw badRequest("can't parse BotCommand: expected an Object")
  const { command: given, description } = raw
  if (typeof given !== 'string') throw badRequest('BOT_COMMAND_INVALID')
  const command = given.replace(/^\//, '')
  if (!/^[a-z\d_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (typeof description !== 'string' || description.trim() === '') {
    throw badRequest('command description must be non-empty')
  }
  if (description.length > limits.commandDescription) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command, description }
}

function getMyCommands(context: ApiContext): unknown {
  return context.world.bot.commands.get(commandsKey(context)) ?? []
}

function deleteMyCommands(context: ApiContext): unknown {
  context.world.bot.commands.delete(commandsKey(context))
  context.changed()
  return true
}

/** Methods about the bot itself. */
export const profileMethods: Readonly<Record<string, ApiMethod>> = {
  getMe: (context) => context.world.bot.getMe(),
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  ...textMethods('Name', 'name', limits.botName, (bot) => bot.names),
  ...textMethods('Description', 'description', limits.botDescription, (bot) => bot.descriptions),
  ...textMethods(
    'ShortDescription',
    'short_description',
    limits.botShortDescription,
    (bot) => bot.shortDescriptions,
  ),
}
