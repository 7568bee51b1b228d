import type { ErrorKind } from '../../../shared/model/errors'

/** The errors as a text for whoever helps: in English and UTC, whatever the desk speaks. */
export function supportText(kinds: readonly ErrorKind[]): string {
  return kinds.map(textOf).join('\n\n')
}

function textOf({
  scope,
  code,
  sentence,
  detail,
  frames,
  count,
  firstAt,
  lastAt,
  version,
}: ErrorKind): string {
  return [
    `${sentence}${detail === '' ? '' : `: ${detail}`}`,
    `  ${[scope || 'no part', code || 'no code', `version ${version}`].join(', ')}`,
    `  ${count} times, first ${instant(firstAt)}, last ${instant(lastAt)}`,
    ...frames.map((frame) => `    at ${frame}`),
  ].join('\n')
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
