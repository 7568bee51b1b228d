import { badRequest } from './api-error'
import { assertWellFormed, type CallParams } from './http-body'

/** A parameter as text, numbers included; undefined when absent. */
export function textParam(call: CallParams, name: string): string | undefined {
  const value = call.values.get(name)
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

/** A whole number given as number or decimal text; anything else counts as absent, as on the real server. */
export function integerParam(call: CallParams, name: string): number | undefined {
  const text = textParam(call, name)
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return undefined
  return Number(text)
}

/** True for the spellings of true the real server takes; false for everything else. */
export function booleanParam(call: CallParams, name: string): boolean {
  const value = call.values.get(name)
  return value === true || value === 1 || (typeof value === 'string' && /^(true|yes|1)$/i.test(value))
}

/** A nested value, given as JSON or as text holding JSON; undefined when absent; throws ApiError 400. */
export function jsonParam(call: CallParams, name: string): unknown {
  const value = call.values.get(name)
  if (typeof value !== 'string') return value ?? undefined
  if (value === '') return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`)
  }
  assertWellFormed(parsed)
  return parsed
}
