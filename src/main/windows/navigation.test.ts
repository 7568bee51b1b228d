import { expect, test } from 'vitest'
import { mayDownload, mayNavigate } from './navigation'

test.each<[string, string, string | null, boolean]>([
  ['app://main/', 'https://example.org/', null, false],
  ['app://main/', 'app://main/', null, false],
  ['app://main/', 'app://files/aa', null, false],
  ['app://main/', 'file:///etc/passwd', null, false],
  ['app://main/', 'javascript:alert(1)', null, false],
  ['app://main/safe.html', 'app://main/', null, true],
  ['app://main/safe.html', 'https://example.org/', null, false],
  ['app://main/safe.html#x', 'app://main/', null, false],
  ['http://localhost:5173/', 'http://localhost:5173/#/people', 'http://localhost:5173', true],
  ['http://localhost:5173/', 'http://localhost:5174/', 'http://localhost:5173', false],
  ['http://localhost:5173/', 'not an address', 'http://localhost:5173', false],
])('from %s to %s (development server %s): %s', (from, to, developmentUrl, allowed) => {
  expect(mayNavigate(from, to, developmentUrl)).toBe(allowed)
})

test('only stored files may be saved by a page', () => {
  const addresses = [
    'app://files/aa',
    'app://main/index.html',
    'https://example.org/x.exe',
    'blob:app://main/1',
  ]
  expect(addresses.filter(mayDownload)).toEqual(['app://files/aa'])
})
