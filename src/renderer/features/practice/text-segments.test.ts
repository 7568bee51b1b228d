import { expect, test } from 'vitest'
import { textSegments } from './text-segments'

test('a text without entities is one plain segment', () => {
  expect(textSegments('Plain', [])).toEqual([{ text: 'Plain', marks: [] }])
})

test('an empty text has no segments', () => {
  expect(textSegments('', [{ type: 'bold', offset: 0, length: 3 }])).toEqual([])
})

test('entities within entities are cut at every edge', () => {
  const entities = [
    { type: 'bold', offset: 0, length: 7 },
    { type: 'italic', offset: 4, length: 6 },
    { type: 'unheard_of', offset: 0, length: 10 },
  ]
  expect(textSegments('No. 158: in', entities)).toEqual([
    { text: 'No. ', marks: ['bold'] },
    { text: '158', marks: ['bold', 'italic'] },
    { text: ': i', marks: ['italic'] },
    { text: 'n', marks: [] },
  ])
})

test('an entity beyond the text changes nothing outside it', () => {
  expect(textSegments('ab', [{ type: 'code', offset: 1, length: 90 }])).toEqual([
    { text: 'a', marks: [] },
    { text: 'b', marks: ['code'] },
  ])
})
