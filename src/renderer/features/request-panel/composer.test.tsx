// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RequestDetails } from '../../../shared/model/request'
import { startTexts } from '../../lib/texts'
import { Composer } from './composer'

const asked: unknown[] = []
let answer: unknown = { ok: true, value: {} }

beforeEach(() => {
  startTexts('en')
  asked.length = 0
  answer = { ok: true, value: {} }
  vi.stubGlobal('dispatcher', {
    invoke: (path: string, input: unknown) => {
      asked.push([path, input])
      return Promise.resolve(answer)
    },
    onPush: () => () => undefined,
  })
})
afterEach(cleanup)

function detailsOf(n: number, reachable = true): RequestDetails {
  const person = { id: 'anna', name: 'Anna', role: 'user', isYou: false }
  // Safe for the composer: it reads these fields only.
  return {
    card: { id: `request ${String(n)}` },
    reporter: { person, username: null, language: 'ru', reachable },
  } as unknown as RequestDetails
}

function open(details: RequestDetails) {
  const shown = render(
    <QueryClientProvider client={new QueryClient()}>
      <Composer details={details} />
    </QueryClientProvider>,
  )
  return { user: userEvent.setup(), field: () => screen.getByRole<HTMLTextAreaElement>('textbox'), shown }
}

test('writes to the staff unless somebody chooses the resident', async () => {
  const { user, field } = open(detailsOf(1))
  await user.type(field(), 'Need a 40 mm trap{Control>}{Enter}{/Control}')
  expect(asked).toEqual([
    ['requests.comment', { requestId: 'request 1', text: 'Need a 40 mm trap', visibility: 'internal' }],
  ])
  expect(field().value).toBe('')
})

test('writes to the resident when that is chosen', async () => {
  const { user, field } = open(detailsOf(2))
  await user.click(screen.getByRole('button', { name: 'To resident' }))
  await user.type(field(), 'We are on our way')
  await user.click(screen.getByRole('button', { name: /Send/ }))
  expect(asked).toEqual([
    ['requests.comment', { requestId: 'request 2', text: 'We are on our way', visibility: 'public' }],
  ])
})

test('a draft stays with its request', async () => {
  const first = open(detailsOf(3))
  await first.user.type(first.field(), 'half a sent')
  first.shown.unmount()
  const other = open(detailsOf(4))
  expect(other.field().value).toBe('')
  other.shown.unmount()
  expect(open(detailsOf(3)).field().value).toBe('half a sent')
})

test('what could not be sent stays in the field', async () => {
  answer = { ok: false, code: 'internal', details: {} }
  const { user, field } = open(detailsOf(5))
  await user.type(field(), 'not lost{Control>}{Enter}{/Control}')
  expect(asked).toHaveLength(1)
  expect(field().value).toBe('not lost')
})

test('nothing goes to somebody who can’t be reached', () => {
  open(detailsOf(6, false))
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'To resident' }).disabled).toBe(true)
  expect(screen.getByText('Anna can’t be reached by Telegram'.replace('’', "'"))).toBeTruthy()
})

test('empty words are not sent', async () => {
  const { user, field } = open(detailsOf(7))
  await user.type(field(), '   {Control>}{Enter}{/Control}')
  expect(asked).toEqual([])
})
