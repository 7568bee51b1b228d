import { expect, test } from 'vitest'
import { keyName } from './shortcuts'

const key = (key: string, code: string, more: Partial<KeyboardEvent> = {}) =>
  keyName({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('a key is named by its letter on a Latin keyboard, whatever the layout', () => {
  expect([
    key('n', 'KeyN'),
    key('N', 'KeyN'),
    key('т', 'KeyN'),
    key('z', 'KeyY'),
    key('?', 'Slash'),
    key('Escape', 'Escape'),
    key('z', 'KeyZ', { ctrlKey: true }),
    key('я', 'KeyZ', { metaKey: true }),
  ]).toEqual(['n', 'n', 'n', 'z', '?', 'Escape', 'mod+z', 'mod+z'])
})
