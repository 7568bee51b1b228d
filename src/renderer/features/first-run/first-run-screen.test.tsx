// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { BotIdentity } from '../../../shared/model/bot-state'
import { Refusal } from '../../../shared/model/refusal'
import { type Answers, renderDesk } from '../../ui/testing/render-desk'
import { FirstRunScreen } from './first-run-screen'

const TOKEN = '7204123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx'
const IDENTITY: BotIdentity = { id: 7, name: 'Linden Court Help', username: 'linden_help_bot', webhook: null }
const RECEIVING = { kind: 'receiving', name: IDENTITY.name, username: IDENTITY.username, since: 0 } as const

const answers: Answers = {
  'bot.storage': () => ({ protected: true, backend: 'keyring' }),
  'bot.check': () => IDENTITY,
  'bot.connect': () => IDENTITY,
  'places.list': () => [],
  'places.addBuilding': () => ({ id: '00000000-0000-7000-8000-000000000001' }),
  'places.addUnits': () => undefined,
  'people.invites': () => [],
  'app.finishSetUp': () => undefined,
  'practice.open': () => undefined,
}

beforeEach(() => {
  sessionStorage.clear()
})

function keptIn(storage: Storage): string {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  return names.map((name) => `${name}=${storage.getItem(name) ?? ''}`).join('\n')
}

async function toTheBot(given: Answers = answers) {
  const desk = renderDesk(<FirstRunScreen />, given)
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Continue/ }))
  return { ...desk, user }
}

test('a token is checked, connected and kept out of the window’s storage', async () => {
  const { user, callsOf } = await toTheBot()
  await user.click(await screen.findByLabelText('Bot token'))
  await user.paste(TOKEN)
  await screen.findByText('Found “Linden Court Help”, @linden_help_bot')
  await user.keyboard('{Enter}')
  await waitFor(() => {
    expect(callsOf('bot.connect')).toEqual([
      {
        path: 'bot.connect',
        input: { token: TOKEN, removeWebhook: false, storeUnprotected: false, acceptOtherBot: false },
      },
    ])
  })
  expect(keptIn(sessionStorage) + keptIn(localStorage)).not.toContain(TOKEN)
})

test('a refused token is explained and nothing is connected', async () => {
  const { user, callsOf } = await toTheBot({
    ...answers,
    'bot.check': () => {
      throw new Refusal('token-refused')
    },
  })
  await user.click(await screen.findByLabelText('Bot token'))
  await user.paste(TOKEN)
  expect((await screen.findByRole('alert')).textContent).toContain('Telegram does not know this token')
  await user.keyboard('{Enter}')
  expect(callsOf('bot.connect')).toEqual([])
})

test('a text that is no token is told so only when it is sent', async () => {
  const { user, callsOf } = await toTheBot()
  await user.click(await screen.findByLabelText('Bot token'))
  await user.paste('hello')
  expect(screen.queryByRole('alert')).toBeNull()
  await user.keyboard('{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('does not look like a bot token')
  expect(callsOf('bot.check', 'bot.connect')).toEqual([])
})

test('a webhook and an unprotected token each need a yes', async () => {
  const { user, callsOf } = await toTheBot({
    ...answers,
    'bot.check': () => ({ ...IDENTITY, webhook: 'https://hooks.example.com/secret' }),
    'bot.storage': () => ({ protected: false, backend: 'basic_text' }),
  })
  await user.click(await screen.findByLabelText('Bot token'))
  await user.paste(TOKEN)
  await screen.findByText(/go to hooks\.example\.com at present/)
  const connect = screen.getByRole('button', { name: /^Connect and continue/ })
  expect(connect).toHaveProperty('disabled', true)
  await user.click(screen.getByLabelText('Stop sending them there and receive them here'))
  expect(connect).toHaveProperty('disabled', true)
  await user.click(screen.getByLabelText('Keep it in that file anyway'))
  await user.click(connect)
  await waitFor(() => {
    expect(callsOf('bot.connect').map(({ input }) => input)).toEqual([
      { token: TOKEN, removeWebhook: true, storeUnprotected: true, acceptOtherBot: false },
    ])
  })
})

test('without a bot the guide never goes past the bot, whatever step was kept', async () => {
  sessionStorage.setItem('first-run-step', 'codes')
  renderDesk(<FirstRunScreen />, answers)
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(
    'Residents write, you see it here',
  )
})

test('the practice building opens without a token', async () => {
  const { user, callsOf } = await toTheBot()
  await user.click(await screen.findByRole('button', { name: 'Open the practice building' }))
  expect(callsOf('practice.open')).toHaveLength(1)
})

test('a second try after a failure does not add the building twice', async () => {
  let hasFailed = false
  sessionStorage.setItem('first-run-step', 'building')
  const { callsOf } = renderDesk(
    <FirstRunScreen />,
    {
      ...answers,
      'places.addUnits': () => {
        if (hasFailed) return undefined
        hasFailed = true
        throw new Refusal('internal')
      },
    },
    { bot: RECEIVING },
  )
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText('Name'), 'Linden Court')
  await user.type(screen.getByLabelText('Flats or offices'), '1-3, 2')
  await user.click(screen.getByRole('button', { name: 'Add and continue' }))
  await screen.findByRole('alert')
  await user.click(screen.getByRole('button', { name: 'Add and continue' }))
  expect((await screen.findByText('Who does the repairs?')).tagName).toBe('H1')
  expect(callsOf('places.addBuilding', 'places.addUnits').map(({ path }) => path)).toEqual([
    'places.addBuilding',
    'places.addUnits',
    'places.addUnits',
  ])
})

test('the last step ends the guide', async () => {
  sessionStorage.setItem('first-run-step', 'codes')
  const { callsOf } = renderDesk(<FirstRunScreen />, answers, { bot: RECEIVING })
  await userEvent.click(await screen.findByRole('button', { name: 'Open the board' }))
  await waitFor(() => {
    expect([callsOf('app.finishSetUp').length, sessionStorage.getItem('first-run-step')]).toEqual([1, null])
  })
})
