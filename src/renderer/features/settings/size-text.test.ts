import { expect, test } from 'vitest'
import { sizeText } from './size-text'

test.each([
  [0, '0 kB'],
  [4096, '4.1 kB'],
  [340_000, '340 kB'],
  [999_600, '1 MB'],
  [1_234_000_000, '1.2 GB'],
  [5_000_000_000_000, '5,000 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes, 'en')).toEqual(text)
})

test('in Russian a size has Russian units', () => {
  expect(sizeText(1_234_000_000, 'ru')).toEqual('1,2 ГБ')
})
