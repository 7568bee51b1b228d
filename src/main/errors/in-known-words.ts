import { knownSentence } from './known-sentences'

/**
 * An error that nobody foresaw, as one that can be logged: its name, code, places and causes, and of its own words
 * only those that are known to be nobody's. Whatever threw it may have quoted what people wrote.
 */
export function inKnownWords(error: unknown): Error {
  if (!(error instanceof Error)) return named(new Error(''), typeof error)
  const { cause, stack = '' } = error
  const known = new Error(
    knownSentence(error.message),
    cause === undefined ? undefined : { cause: inKnownWords(cause) },
  )
  // The engine puts the message at the head of the stack: only the lines of places are kept.
  const frames = stack.split('\n').filter((line) => /^\s+at /u.test(line))
  known.stack = [known.message, ...frames].join('\n')
  return Object.assign(named(known, error.name), 'code' in error ? { code: error.code } : {})
}

function named(error: Error, name: string): Error {
  error.name = name
  return error
}
