import { afterEach } from 'vitest'
import type { Person } from './phone'
import type { Simulator, SimulatorOptions } from './simulator'
import { startSimulator } from './start-simulator'

/** What the server said, in short. */
export type Reply = {
  readonly ok: boolean
  readonly result?: unknown
  readonly error_code?: number
  readonly description?: string
  readonly parameters?: object
}

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

/** A simulator that ends with its test. */
export async function testSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options)
  running.push(simulator)
  return simulator
}

/** One call with a JSON body. */
export async function callApi(simulator: Simulator, method: string, params: object = {}): Promise<Reply> {
  const response = await fetch(`${simulator.apiRoot}/bot${simulator.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as Reply // the shape every Bot API answer has
}

/** The reason a call was refused for, or 'ok'. */
export async function refusal(simulator: Simulator, method: string, params: object = {}): Promise<string> {
  const reply = await callApi(simulator, method, params)
  return reply.description ?? 'ok'
}

/** A resident who has pressed Start, with that update already confirmed. */
export async function startedPerson(simulator: Simulator, id = 42): Promise<Person> {
  const person = simulator.people.addPerson({ id, first_name: 'Ada', language_code: 'en' })
  person.start()
  await callApi(simulator, 'getUpdates', { offset: -1, limit: 1 })
  const { nextUpdateId } = simulator.snapshot()
  await callApi(simulator, 'getUpdates', { offset: nextUpdateId })
  return person
}
