import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PracticePerson } from '../../../shared/model/practice'
import { client } from '../../lib/client'

/** Whose phone is in hand: the first resident until another is chosen. */
export function usePerson() {
  const people = useQuery({ queryKey: ['people', 'practice'], queryFn: () => client.practice.people() })
  const [chosen, choose] = useState<number | null>(null)
  const list: readonly PracticePerson[] = people.data ?? []
  const person = list.find(({ telegramId }) => telegramId === chosen) ?? list[0] ?? null
  return { people: list, person, choose, error: people.error }
}

/** The chat on a person's phone; pushes mark it stale. */
export function useChat(telegramId: number) {
  return useQuery({
    queryKey: ['phone', telegramId],
    queryFn: () => client.practice.chat({ telegramId }),
  })
}

/** A message on its way: words, a picture or both, and what it answers. */
export type Outgoing = {
  readonly text: string
  readonly photo: Uint8Array<ArrayBuffer> | null
  readonly replyTo: number | null
}

/** Everything a person can do on the phone. */
export function usePhoneActions(telegramId: number) {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['phone', telegramId] })
  const send = useMutation({
    mutationFn: ({ text, photo, replyTo }: Outgoing) =>
      photo === null
        ? client.practice.write({ telegramId, text, replyTo })
        : client.practice.sendPhoto({ telegramId, bytes: photo, caption: text, replyTo }),
    onSuccess: refresh,
  })
  const press = useMutation({
    mutationFn: (button: { messageId: number; row: number; column: number }) =>
      client.practice.press({ telegramId, ...button }),
    onSuccess: refresh,
  })
  const openLink = useMutation({
    mutationFn: (parameter: string) => client.practice.openStartLink({ telegramId, parameter }),
    onSuccess: refresh,
  })
  return { send, press, openLink }
}
