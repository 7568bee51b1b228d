import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures'

test('the page has no way out of its sandbox', async ({ desk: { app, page } }) => {
  const inPage = await page.evaluate(() => ({
    location: window.location.protocol,
    node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
    bridge: Object.keys(window.dispatcher).sort(),
    frozen: Object.isFrozen(window.dispatcher),
  }))
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // Electron offers this for tests like this one, and leaves it out of its types.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webviewTag }
  })
  expect({ ...inPage, frozen: undefined, preferences }).toEqual({
    location: 'app:',
    node: ['undefined', 'undefined'],
    bridge: ['invoke', 'onPush'],
    frozen: undefined,
    preferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  })
})

test('navigation, new windows, frames and foreign addresses are denied', async ({ desk: { app, page } }) => {
  const before = page.url()
  const outcome = await page.evaluate(async () => {
    const opened = window.open('https://example.org')
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'reached',
      () => 'denied',
    )
    const file = await fetch('file:///etc/passwd').then(
      () => 'reached',
      () => 'denied',
    )
    return { opened: opened === null, fetched, file }
  })
  await page.evaluate(() => {
    window.location.href = 'https://example.org/'
  })
  await expect.poll(() => page.url()).toBe(before)
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect({ ...outcome, windows }).toEqual({ opened: true, fetched: 'denied', file: 'denied', windows: 1 })
})

test('scripts from elsewhere and markup from text are refused by the content policy', async ({
  desk: { page },
}) => {
  const policy = await page.evaluate(async () =>
    (await fetch(window.location.href)).headers.get('content-security-policy'),
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).toContain("frame-ancestors 'none'")
  // In a turn of its own: while the test's own call runs, the debugger lifts the ban on evaluation.
  const refused = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const attempts = {
          markup: () => {
            document.body.innerHTML = '<img src=x onerror="window.hacked = true">'
          },
          evaluation: () => {
            const evaluated = Reflect.construct(Function, ['window.hacked = true']) as () => void
            evaluated()
          },
        }
        setTimeout(() => {
          resolve(
            Object.entries(attempts).map(([name, attempt]) => {
              try {
                attempt()
                return `${name} allowed`
              } catch {
                return `${name} refused`
              }
            }),
          )
        })
      }),
  )
  expect(refused).toEqual(['markup refused', 'evaluation refused'])
})

test('calls outside the contract and malformed ones are refused without a trace of what is inside', async ({
  desk: { page },
}) => {
  const replies = await page.evaluate(() =>
    Promise.all([
      window.dispatcher.invoke('requests.__proto__', undefined),
      window.dispatcher.invoke('constructor.name', undefined),
      window.dispatcher.invoke('bot.token', undefined),
      window.dispatcher.invoke('requests.assign', { requestId: "' or 1=1", technicianId: 7 }),
    ]),
  )
  expect(replies.map((reply) => (reply.ok ? 'answered' : reply.code))).toEqual([
    'bad-request',
    'bad-request',
    'bad-request',
    'bad-request',
  ])
})

test('what residents write is text, never markup, and the token never reaches the window', async ({
  desk: { page },
  simulator,
  dataFolder,
}) => {
  const { report, resident } = await import('./people')
  const anna = resident(simulator, 501, '<img src=x onerror=alert(1)>')
  await report(anna, { text: '<script>window.hacked = true</script> ‮evil', place: '<b>Flat 3</b>' })
  const card = page.getByRole('listitem', { name: /^1 / })
  await expect(card).toContainText('<script>')
  await card.click()
  await expect(page.getByRole('complementary')).toContainText('<img src=x')
  expect(await page.evaluate(() => Reflect.get(window, 'hacked') as unknown)).toBeUndefined()

  const content = await page.content()
  const storage = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  const log = await readFile(`${dataFolder}/logs/main.log`, 'utf8').catch(() => '')
  for (const text of [content, storage, log]) expect(text).not.toContain(simulator.token)
  expect(log).not.toContain('evil')
})

test('a second start shows the first window instead of opening the data twice', async ({
  desk,
  openDesk,
  simulator,
}) => {
  await expect(desk.page.getByText('Receiving', { exact: true })).toBeVisible()
  await expect(openDesk({ env: { TELEGRAM_BOT_TOKEN: simulator.token } })).rejects.toThrow()
  await expect(desk.page.getByText('Receiving', { exact: true })).toBeVisible()
})
