import { z } from 'zod'

/** What the program asks Telegram for; everything else is never sent to it. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** The least that makes something an update: its number. */
const Numbered = z.looseObject({ update_id: z.int().min(0) })
/** Telegram sends at most 100 at once; far more is not Telegram. */
const Batch = z.array(z.unknown()).max(1000)

const User = z.looseObject({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})
const Chat = z.looseObject({ id: z.int(), type: z.string() })
const File = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string(),
  file_size: z.int().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
})
/** Unix time; in 32 bits, so that every day in it is one that a calendar has. */
const Seconds = z
  .int()
  .min(0)
  .max(2 ** 32)
const Entity = z.looseObject({ type: z.string(), offset: z.int(), length: z.int() })
const Message = z.looseObject({
  message_id: z.int(),
  date: Seconds,
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(Entity).optional(),
  photo: z
    .array(
      z.looseObject({ file_id: z.string(), file_unique_id: z.string(), width: z.int(), height: z.int() }),
    )
    .min(1)
    .optional(),
  voice: File.optional(),
  video: File.optional(),
  video_note: File.optional(),
  audio: File.optional(),
  document: File.optional(),
  edit_date: Seconds.optional(),
  reply_to_message: z.looseObject({ message_id: z.int() }).optional(),
})

/** An update of a kind that the bot handles, with the fields that it reads checked. */
export const HandledUpdate = z.union([
  z.looseObject({ update_id: z.int(), message: Message }),
  z.looseObject({ update_id: z.int(), edited_message: Message }),
  z.looseObject({
    update_id: z.int(),
    callback_query: z.looseObject({
      id: z.string(),
      from: User,
      data: z.string().optional(),
      message: z.looseObject({ message_id: z.int(), chat: Chat }).optional(),
    }),
  }),
  z.looseObject({
    update_id: z.int(),
    my_chat_member: z.looseObject({
      chat: Chat,
      from: User,
      new_chat_member: z.looseObject({ status: z.string() }),
    }),
  }),
])

/** An update as it came, known only to have a number. */
export type RawUpdate = z.infer<typeof Numbered>

/**
 * The batch that getUpdates gave, by rising number. What has no number can't be confirmed either and is left out,
 * so that it takes no neighbour with it. Throws when the answer is no batch, or nothing in it is an update.
 */
export function parseBatch(answer: unknown): RawUpdate[] {
  const items = Batch.parse(answer)
  const updates = items.flatMap((item) => {
    const update = Numbered.safeParse(item)
    return update.success ? [update.data] : []
  })
  if (updates.length === 0 && items.length > 0) throw new Error('The answer holds no update')
  return updates.sort((a, b) => a.update_id - b.update_id)
}

/** What kind of update it is: the name of its first field beside the number. */
export function kindOf(update: RawUpdate): string {
  return Object.keys(update).find((key) => key !== 'update_id') ?? 'empty'
}

type Loose = Readonly<Record<string, unknown>>

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Loose)[key] : undefined
}

/** The chat that an update belongs to, so that each chat is handled in order; null when it names none. */
export function chatOf(update: RawUpdate): number | null {
  const body = field(update, kindOf(update))
  const chat = field(
    field(body, 'chat') ?? field(field(body, 'message'), 'chat') ?? field(body, 'from'),
    'id',
  )
  return Number.isSafeInteger(chat) ? (chat as number) : null
}

/**
 * What stays the same when Telegram sends an update again, and differs between two that share a number:
 * after a quiet week it may start numbering anew.
 */
export function fingerprintOf(update: RawUpdate): string {
  const body = field(update, kindOf(update))
  const parts = ['id', 'message_id', 'date', 'edit_date'].map((key) => field(body, key))
  return JSON.stringify([kindOf(update), chatOf(update), ...parts])
}
