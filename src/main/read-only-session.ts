import { type SessionDeps, type Session } from './session'
export function openReadOnlySession(_deps: SessionDeps): Session {
  throw new Error('soon')
}
