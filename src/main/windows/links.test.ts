import { expect, test } from 'vitest'
import { safeExternalLink } from './links'

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTPS://Example.org', 'https://example.org/'],
  ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
  ['mailto:office@example.org', 'mailto:office@example.org'],
  ['tel:+34612345678', 'tel:+34612345678'],
])('%s may be opened', (address, link) => {
  expect(safeExternalLink(address)).toBe(link)
})

test.each([
  '',
  'example.org',
  '/etc/passwd',
  'http://example.org/',
  'file:///etc/passwd',
  'smb://host/share',
  '\\\\host\\share',
  'https:\\\\host\\share',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:x',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'app://files/aa',
  'blob:https://example.org/1',
  'https://user@example.org/',
  'https://bank.example:443@evil.example/',
  'https://:pass@example.org/',
  'https://exa\nmple.org/',
  ' https://example.org/',
  'https://example.org/\u202Egpj.exe',
  'https://example.org/\u200Bx',
  `https://example.org/${'x'.repeat(2000)}`,
  'https://',
])('%j may not be opened', (address) => {
  expect(safeExternalLink(address)).toBeNull()
})
