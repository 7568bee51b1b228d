import { expect, test } from 'vitest'
import type { Reply } from '../../shared/ipc/contract'
import { createClient } from './client'

function clientAnswering(reply: Reply) {
  const asked: unknown[] = []
  const client = createClient(() => ({
    invoke: (path, input) => {
      asked.push([path, input])
      return Promise.resolve(reply)
    },
    onPush: () => () => undefined,
  }))
  return { client, asked }
}

test('a call crosses the bridge by its path and gives back the value', async () => {
  const { client, asked } = clientAnswering({ ok: true, value: [] })
  await expect(client.people.list()).resolves.toEqual([])
  await client.app.setLanguage({ language: 'ru' })
  expect(asked).toEqual([
    ['people.list', undefined],
    ['app.setLanguage', { language: 'ru' }],
  ])
})

test('a no comes back as a refusal with its code', async () => {
  const { client } = clientAnswering({ ok: false, code: 'not-allowed-now', details: { status: 'OPEN' } })
  await expect(client.people.list()).rejects.toMatchObject({
    code: 'not-allowed-now',
    details: { status: 'OPEN' },
  })
})
