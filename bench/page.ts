import { WebSocket } from 'undici'

/** A page of a running Electron, spoken to over its debugging socket. */
export type Page = {
  /** The value of an expression; a promise is awaited. */
  readonly evaluate: <T>(expression: string) => Promise<T>
  /** Loads the page again with a script that runs before its own. */
  readonly reloadWith: (script: string) => Promise<void>
  readonly close: () => void
}

type Target = { readonly type: string; readonly webSocketDebuggerUrl: string }
type Answer = {
  readonly id?: number
  readonly result?: {
    readonly result?: { readonly value?: unknown }
    readonly exceptionDetails?: {
      readonly text: string
      readonly exception?: { readonly description?: string }
    }
  }
}

/** Connects to the only page behind a debugging port. */
export async function connectPage(port: string): Promise<Page> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`)
  const targets = (await list.json()) as Target[]
  const target = targets.find(({ type }) => type === 'page')
  if (!target) throw new Error('There is no page behind the debugging port')
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => {
      reject(new Error('The debugging socket does not open'))
    })
  })
  const send = createSender(socket)
  return {
    evaluate: async <T>(expression: string) => {
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      const trouble = answer.result?.exceptionDetails
      if (trouble) throw new Error(trouble.exception?.description ?? trouble.text)
      // The caller knows what its expression gives.
      return answer.result?.result?.value as T
    },
    reloadWith: async (source) => {
      await send('Page.enable', {})
      await send('Page.addScriptToEvaluateOnNewDocument', { source })
      await send('Page.reload', {})
    },
    close: () => {
      socket.close()
    },
  }
}

function createSender(socket: WebSocket): (method: string, params: object) => Promise<Answer> {
  const open = new Map<number, (answer: Answer) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id === undefined) return
    open.get(answer.id)?.(answer)
    open.delete(answer.id)
  })
  return (method, params) =>
    new Promise((resolve) => {
      last += 1
      open.set(last, resolve)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
}
