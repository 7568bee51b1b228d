import type { ActionResult } from '../../shared/ipc/contract'
import type { PersonId, RequestId } from '../../shared/model/ids'
import { assertNever } from '../../shared/model/refusal'
import type { RequestCard } from '../../shared/model/request'
import type { Priority } from '../../shared/model/vocabulary'
import { client } from './client'

type Technician = { readonly id: PersonId; readonly name: string }

/** Something to be done to a request, with all that it needs. */
export type Command =
  | { readonly kind: 'assign'; readonly technician: Technician }
  /** Work begins with somebody who had not been assigned yet. */
  | { readonly kind: 'assignAndStart'; readonly technician: Technician }
  | { readonly kind: 'unassign' }
  | { readonly kind: 'start' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'hold'; readonly reason: string; readonly until: number | null }
  | { readonly kind: 'resolve'; readonly note: string }
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'priority'; readonly priority: Priority }

/** What a person has to say before a command is complete. */
export type Question = 'technician' | 'technicianToStart' | 'hold' | 'resolve' | 'decline'

/** Has a command carried out by the main process. */
export async function send(requestId: RequestId, command: Command): Promise<ActionResult> {
  const { requests } = client
  switch (command.kind) {
    case 'assign':
      return requests.assign({ requestId, technicianId: command.technician.id })
    case 'assignAndStart':
      await requests.assign({ requestId, technicianId: command.technician.id })
      return requests.start({ requestId })
    case 'unassign':
    case 'start':
    case 'reopen':
      return requests[command.kind]({ requestId })
    case 'hold':
      return requests.hold({ requestId, reason: command.reason, until: command.until })
    case 'resolve':
      return requests.resolve({ requestId, note: command.note })
    case 'decline':
      return requests.decline({ requestId, reason: command.reason })
    case 'priority':
      return requests.setPriority({ requestId, priority: command.priority })
    default:
      return assertNever(command)
  }
}

/** What a command will probably make of a card, to be shown until main has answered. */
export function foresee(card: RequestCard, command: Command, now: number): RequestCard {
  switch (command.kind) {
    case 'assign':
      return { ...card, status: 'ASSIGNED', assignee: command.technician, takenAt: null }
    case 'assignAndStart':
      return { ...card, status: 'IN_PROGRESS', assignee: command.technician }
    case 'unassign':
      return { ...card, status: 'OPEN', assignee: null, takenAt: null }
    case 'start':
      return { ...card, status: 'IN_PROGRESS' }
    case 'reopen':
      return { ...card, status: 'OPEN', completedAt: null }
    case 'hold':
      return { ...card, status: 'ON_HOLD', holdReason: command.reason, holdUntil: command.until }
    case 'resolve':
      // The latest stands first among the resolved.
      return { ...card, status: 'RESOLVED', completedAt: now, boardOrder: 0 }
    case 'decline':
      return { ...card, status: 'DECLINED' }
    case 'priority':
      return { ...card, priority: command.priority }
    default:
      return assertNever(command)
  }
}
