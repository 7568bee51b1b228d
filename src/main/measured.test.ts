import { expect, test } from 'vitest'
import { measuredUseCases } from './measured'
import { createMeasures } from './telemetry/measures'

test('functions of an area work as before and are timed under their names', () => {
  const measures = createMeasures()
  const areas = measuredUseCases(measures, { people: { twice: (n: number) => n * 2, limit: 7 } })
  expect([areas.people.twice(4), areas.people.limit, [...measures.timings('use-case').keys()]]).toEqual([
    8,
    7,
    ['people.twice'],
  ])
})
