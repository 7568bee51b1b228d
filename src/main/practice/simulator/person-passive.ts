import type { Message } from 'grammy/types'
import type { ApiServices } from './api-context'
import type { Person } from './phone'
import type { Say } from './say'
import { seededNumber } from './seeded'
import type { StoredFile } from './state'
import type { Chat } from './world'

type PassiveSenders = Pick<Person, 'sendSticker' | 'sendVoice' | 'sendLocation' | 'sendContact' | 'sendPoll'>

/** Contents a bot gets from people but that nothing here looks into. */
export function passiveSenders(services: ApiServices, chat: Chat, say: Say): PassiveSenders {
  const { files } = services.world
  return {
    sendSticker: () => say({ passive: { sticker: sticker(files.addOther('sticker', oneByte, 'webp')) } }),
    sendVoice: (seconds = 3) => {
      const file = files.addOther('voice', oneByte, 'oga')
      const voice = { ...named(file), duration: seconds, mime_type: 'audio/ogg', file_size: file.size }
      return say({ passive: { voice } })
    },
    sendLocation: (latitude = 52.37, longitude = 4.89) =>
      say({ passive: { location: { latitude, longitude } } }),
    sendContact: (contact) => {
      const { id, first_name } = chat.person.profile
      if (contact === undefined) {
        const phone_number = `+4917${String(seededNumber(`phone/${id}`, 10 ** 8)).padStart(8, '0')}`
        return say({ passive: { contact: { phone_number, first_name, user_id: id } } })
      }
      const { phoneNumber, firstName, userId } = contact
      const named = { phone_number: phoneNumber, first_name: firstName }
      return say({ passive: { contact: userId === undefined ? named : { ...named, user_id: userId } } })
    },
    sendPoll: () => say({ passive: { poll: poll(String(services.world.nextMessageId)) } }),
  }
}

const oneByte = new Uint8Array([0])

function named(file: StoredFile): { file_id: string; file_unique_id: string } {
  return { file_id: file.fileId, file_unique_id: file.uniqueId }
}

function sticker(file: StoredFile): NonNullable<Message['sticker']> {
  return {
    ...named(file),
    type: 'regular',
    width: 512,
    height: 512,
    is_animated: false,
    is_video: false,
    emoji: '🙂',
    file_size: file.size,
  }
}

function poll(id: string): NonNullable<Message['poll']> {
  return {
    id,
    question: 'When would it suit you?',
    options: ['Morning', 'Evening'].map((text, index) => ({
      persistent_id: String(index),
      text,
      voter_count: 0,
    })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
    allows_revoting: true,
    members_only: false,
  }
}
