import { expect, test } from 'vitest'
import { summarize } from './cpu-summary'

const node = (id: number, functionName: string, url: string, lineNumber = 0, children: number[] = []) => ({
  id,
  children,
  callFrame: { functionName, scriptId: '0', url, lineNumber, columnNumber: 0 },
})

test('time is added up by function and by module, without what the processor had nothing to do', () => {
  const summary = summarize({
    startTime: 0,
    endTime: 0,
    nodes: [
      node(1, '(idle)', ''),
      node(2, 'all', 'file:///x/built/src/main/db/compiled.js', 41, [3]),
      node(3, 'get', ''),
      node(4, '', 'file:///x/built/node_modules/undici/lib/a.js', 8),
      node(5, 'parse', 'file:///x/built/node_modules/undici/lib/b.js', 3),
      node(6, '(garbage collector)', ''),
      node(7, 'emit', 'node:events', 3),
    ],
    samples: [2, 1, 3, 2, 4, 5, 6, 7, 2],
    timeDeltas: [0, 1000, 9000, 2000, 3000, 500, 250, 125, 125],
  })

  expect(summary).toEqual({
    busyMs: 7,
    idleMs: 9,
    modules: [
      { name: 'src/main/db/compiled', ms: 4 },
      { name: 'native code', ms: 2 },
      { name: 'undici', ms: 0.75 },
      { name: '(garbage collector)', ms: 0.125 },
      { name: 'Node', ms: 0.125 },
    ],
    functions: [
      { name: 'all · src/main/db/compiled:42', ms: 4 },
      { name: 'get · native code for all · src/main/db/compiled:42', ms: 2 },
      { name: '(anonymous) · undici:9', ms: 0.5 },
      { name: 'parse · undici:4', ms: 0.25 },
      { name: '(garbage collector) · (garbage collector)', ms: 0.125 },
      { name: 'emit · Node', ms: 0.125 },
    ],
  })
})
