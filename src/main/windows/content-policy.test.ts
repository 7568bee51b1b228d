import { expect, test } from 'vitest'
import { developmentPolicy, pagePolicy } from './content-policy'

function sourcesOf(policy: string, directive: string): string | undefined {
  return policy
    .split('; ')
    .find((part) => part.startsWith(`${directive} `))
    ?.slice(directive.length + 1)
}

test('only the development page may use inline scripts and its server', () => {
  const [page, development] = [pagePolicy('n'), developmentPolicy('http://localhost:5173')]
  expect({
    scripts: [sourcesOf(page, 'script-src'), sourcesOf(development, 'script-src')],
    connections: [sourcesOf(page, 'connect-src'), sourcesOf(development, 'connect-src')],
    unsafe: page.includes('unsafe'),
  }).toEqual({
    scripts: ["'self'", "'self' 'unsafe-inline'"],
    connections: ["'self'", "'self' ws://localhost:5173"],
    unsafe: false,
  })
})
