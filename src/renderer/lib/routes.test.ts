import { expect, test } from 'vitest'
import { pathOf, readRoute } from './routes'

const id = '0198a000-0000-7000-8000-000000000142'

test.each([
  ['', { screen: 'board', requestId: null }],
  ['/', { screen: 'board', requestId: null }],
  ['/people', { screen: 'people', requestId: null }],
  [`/archive/${id}`, { screen: 'archive', requestId: id }],
  ['/nowhere', { screen: 'board', requestId: null }],
  ['/board/142', { screen: 'board', requestId: null }],
])('the path %j is read', (path, route) => {
  expect(readRoute(path)).toEqual(route)
})

test('a route is read back from its path', () => {
  const route = readRoute(`/board/${id}`)
  expect(readRoute(pathOf(route))).toEqual(route)
})
