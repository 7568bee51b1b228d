import type { InlineKeyboardButton } from 'grammy/types'
import { z } from 'zod'
import { BuildingId, RequestId, UnitId } from '../../shared/model/ids'
import { Urgency } from '../../shared/model/vocabulary'

/** What a button means. It is kept on our side; Telegram sees an opaque id only. */
export const Action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('urgency'), urgency: Urgency }),
  z.object({ do: z.literal('send') }),
  z.object({ do: z.literal('discard') }),
  z.object({ do: z.literal('buildings') }),
  z.object({ do: z.literal('units'), buildingId: BuildingId, page: z.int() }),
  z.object({ do: z.literal('closePicker') }),
  z.object({ do: z.literal('place'), unitId: UnitId }),
  z.object({ do: z.literal('otherPlace') }),
  z.object({ do: z.literal('cancel') }),
  z.object({ do: z.literal('fixed') }),
  z.object({ do: z.literal('notFixed') }),
  z.object({ do: z.literal('take') }),
  z.object({ do: z.literal('cannot') }),
  z.object({ do: z.literal('start') }),
  z.object({ do: z.literal('done') }),
  z.object({ do: z.literal('reason'), reason: z.enum(['cannotBusy', 'cannotParts', 'cannotTrade']) }),
  z.object({ do: z.literal('open'), requestId: RequestId }),
])
export type Action = z.infer<typeof Action>

/** A button before it has an id: rows of these make a keyboard. */
export type Button = { readonly text: string; readonly action: Action }

/** The meanings of a card's buttons, in the order of their ids. */
export const StoredActions = z.array(Action)

/** Telegram's limit for callback_data, in bytes (Bot API, InlineKeyboardButton). */
const LONGEST_DATA = 64
const DATA = /^([\w-]{22}):(\d{1,3})$/u

/** The buttons as Telegram takes them: each carries the card's token and its place. */
export function keyboardOf(rows: readonly (readonly Button[])[], token: string): InlineKeyboardButton[][] {
  let index = 0
  return rows.map((row) =>
    row.map(({ text }) => {
      const data = `${token}:${String(index)}`
      if (data.length > LONGEST_DATA) throw new Error('A button id is longer than Telegram takes')
      index += 1
      return { text, callback_data: data }
    }),
  )
}

/** Reads a button id; null for anything that this program did not write. */
export function parseButtonId(data: string): { readonly token: string; readonly index: number } | null {
  const match = DATA.exec(data)
  const [, token, index] = match ?? []
  return token === undefined || index === undefined ? null : { token, index: Number(index) }
}
