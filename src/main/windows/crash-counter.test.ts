import { expect, test } from 'vitest'
import { createCrashCounter } from './crash-counter'

test.each([
  ['three within a minute', [0, 30_000, 59_999], ['reload', 'reload', 'safe-page']],
  ['the third a minute after the first', [0, 30_000, 60_000], ['reload', 'reload', 'reload']],
  [
    'counting begins anew after the safe page',
    [0, 1, 2, 3, 4, 5],
    ['reload', 'reload', 'safe-page', 'reload', 'reload', 'safe-page'],
  ],
])('%s', (_what, times, expected) => {
  let at = 0
  const count = createCrashCounter(() => at)
  const answers = times.map((time) => {
    at = time
    return count()
  })
  expect(answers).toEqual(expected)
})
