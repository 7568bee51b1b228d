// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { PhoneMessage } from '../../../shared/model/practice'
import { type Answers, renderDesk } from '../../ui/testing/render-desk'
import { PracticePhone } from './practice-phone'

const message = (change: Partial<PhoneMessage>): PhoneMessage => ({
  messageId: 1,
  from: 'bot',
  at: Date.UTC(2026, 2, 10, 10, 40),
  editedAt: null,
  text: '',
  entities: [],
  photo: null,
  replyTo: null,
  reactions: [],
  buttons: [],
  ...change,
})

const card = message({
  messageId: 5,
  text: 'No. 158: received\nWe answer soon.',
  entities: [{ type: 'bold', offset: 0, length: 17 }],
  editedAt: Date.UTC(2026, 2, 10, 10, 42),
  reactions: ['👀'],
  buttons: [
    { row: 0, column: 0, text: 'Add photo' },
    { row: 0, column: 1, text: 'Change' },
    { row: 1, column: 0, text: 'Cancel it' },
  ],
})
const photo = message({
  messageId: 6,
  from: 'person',
  text: 'Look',
  photo: 'app://practice/leak',
  replyTo: { messageId: 5, text: 'No. 158: received' },
})

function answersWith(messages: readonly PhoneMessage[]): Answers {
  return {
    'practice.people': () => [
      { telegramId: 11, name: 'Anna Petrova', role: 'user', place: 'Linden Court, flat 34' },
      { telegramId: 12, name: 'Marek Novak', role: 'technician', place: '' },
    ],
    'practice.chat': () => ({ botName: 'Linden Court Help', messages }),
    'practice.write': () => undefined,
    'practice.sendPhoto': () => undefined,
    'practice.press': () => ({ notice: 'Used already' }),
  }
}

test('messages are drawn with bold words, pictures, quotes, marks and rows of buttons', async () => {
  renderDesk(<PracticePhone />, answersWith([card, photo]))
  const log = await screen.findByRole('log')
  const [first, second] = await within(log).findAllByRole('article')
  if (!first || !second) throw new Error('two messages expected')
  expect({
    bold: first.querySelector('strong')?.textContent,
    text: first.textContent.includes('We answer soon.'),
    edited: first.textContent.includes('edited'),
    reaction: first.textContent.includes('👀'),
    buttons: within(first)
      .getAllByRole('button')
      .map((button) => button.textContent),
    picture: within(second).getByRole('img', { name: 'Photo' }).getAttribute('src'),
    quote: second.querySelector('blockquote')?.textContent,
    names: [first, second].map((article) => article.getAttribute('aria-label')),
  }).toEqual({
    bold: 'No. 158: received',
    text: true,
    edited: true,
    reaction: true,
    buttons: ['Reply', 'Add photo', 'Change', 'Cancel it'],
    picture: 'app://practice/leak',
    quote: 'No. 158: received',
    names: ['Message from Linden Court Help', 'Message from You'],
  })
})

test('markup in a message stays text', async () => {
  renderDesk(<PracticePhone />, answersWith([message({ text: '<img src=x onerror=alert(1)>' })]))
  const article = await screen.findByRole('article')
  expect([article.querySelector('img'), article.textContent.includes('<img src=x')]).toEqual([null, true])
})

test('a press is sent with its row and column, and its notice is shown', async () => {
  const { callsOf } = renderDesk(<PracticePhone />, answersWith([card]))
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel it' }))
  await screen.findByText('Used already')
  expect(callsOf('practice.press')).toEqual([
    { path: 'practice.press', input: { telegramId: 11, messageId: 5, row: 1, column: 0 } },
  ])
})

test('R on a message answers it, on any keyboard layout; Escape forgets it', async () => {
  const { callsOf } = renderDesk(<PracticePhone />, answersWith([card]))
  const article = await screen.findByRole('article')
  fireEvent.keyDown(article, { key: 'к', code: 'KeyR' })
  await screen.findByText('Reply to')
  const field = screen.getByRole('textbox', { name: 'Message' })
  await waitFor(() => {
    expect(document.activeElement).toBe(field)
  })
  await userEvent.type(field, 'Thanks{Enter}')
  await waitFor(() => {
    expect(callsOf('practice.write').map(({ input }) => input)).toEqual([
      { telegramId: 11, text: 'Thanks', replyTo: 5 },
    ])
  })
  fireEvent.keyDown(article, { key: 'r', code: 'KeyR' })
  await screen.findByText('Reply to')
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(screen.queryByText('Reply to')).toBeNull()
})

test('an empty chat offers Start', async () => {
  const { callsOf } = renderDesk(<PracticePhone />, answersWith([]))
  await userEvent.click(await screen.findByRole('button', { name: 'Start' }))
  expect(callsOf('practice.write').map(({ input }) => input)).toEqual([
    { telegramId: 11, text: '/start', replyTo: null },
  ])
})

test('the phone can be handed to the technician', async () => {
  const { callsOf } = renderDesk(<PracticePhone />, answersWith([card]))
  await userEvent.click(await screen.findByRole('button', { name: 'Marek, technician' }))
  await waitFor(() => {
    expect(callsOf('practice.chat').map(({ input }) => input)).toEqual([
      { telegramId: 11 },
      { telegramId: 12 },
    ])
  })
})
