import { z } from 'zod'
import { Instant } from './ids'

/** Somebody whose phone can be played in the practice building. */
export const PracticePerson = z.object({
  telegramId: z.int(),
  name: z.string(),
  role: z.enum(['user', 'technician']),
  place: z.string(),
})
export type PracticePerson = z.infer<typeof PracticePerson>

/** One button under a message on the phone. */
export const PhoneButton = z.object({ row: z.int(), column: z.int(), text: z.string() })
export type PhoneButton = z.infer<typeof PhoneButton>

/** A stretch of bold or otherwise marked text; offset and length in UTF-16 units. */
export const PhoneEntity = z.object({ type: z.string(), offset: z.int(), length: z.int() })

/** One message on the practice phone. */
export const PhoneMessage = z.object({
  messageId: z.int(),
  from: z.enum(['bot', 'person']),
  at: Instant,
  editedAt: Instant.nullable(),
  text: z.string(),
  entities: z.array(PhoneEntity),
  /** `app://practice/<file id>` of the picture; null when there is none. */
  photo: z.string().nullable(),
  replyTo: z.object({ messageId: z.int(), text: z.string() }).nullable(),
  reactions: z.array(z.string()),
  buttons: z.array(PhoneButton),
})
export type PhoneMessage = z.infer<typeof PhoneMessage>

/** The chat with the bot as its owner sees it. */
export const PhoneChat = z.object({ botName: z.string(), messages: z.array(PhoneMessage) })
export type PhoneChat = z.infer<typeof PhoneChat>
