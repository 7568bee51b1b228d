import { expect, test } from 'vitest'
import type { RequestCard } from '../../shared/model/request'
import type { BoardStatus } from '../../shared/model/vocabulary'
import { moveTo } from './moves'

const COLUMNS = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED'] as const satisfies BoardStatus[]
const marek = { id: '0198a000-0000-7000-8000-000000000001', name: 'Marek Novak' }

function waysFrom(status: BoardStatus, assignee: object | null): (string | null)[] {
  const card = { status, assignee } as RequestCard
  return COLUMNS.map((column) => {
    const move = moveTo(card, column)
    if (move === null) return null
    return move.kind === 'run' ? move.command.kind : `${move.question}?`
  })
}

test.each([
  ['OPEN', null, [null, 'technician?', 'technicianToStart?', null, 'resolve?']],
  ['ASSIGNED', marek, ['unassign', null, 'start', 'hold?', 'resolve?']],
  ['IN_PROGRESS', marek, ['unassign', 'assign', null, 'hold?', 'resolve?']],
  ['ON_HOLD', marek, ['unassign', 'assign', 'start', null, 'resolve?']],
  ['RESOLVED', marek, ['reopen', null, null, null, null]],
] as const)('what moving a card from %s takes', (status, assignee, ways) => {
  expect(waysFrom(status, assignee)).toEqual(ways)
})
