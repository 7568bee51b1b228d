import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BuildingId, UnitId } from '../../shared/model/ids'
import { findUnits, listBuildings, listUnits } from '../db/places'
import { refusedWith } from '../testing/refused'
import { uuid } from '../testing/sample-request'
import { openWorld, type World } from '../testing/world'

let world: World
let linden: BuildingId
beforeEach(() => {
  world = openWorld()
  linden = world.places.addBuilding({ name: ' Linden  Court ', address: ' 1 Linden Street ' })
})
afterEach(() => {
  world.close()
})

const names = () => listUnits(world.read).map(({ name }) => name)
const nowhere = BuildingId.parse(uuid(999))
const noUnit = UnitId.parse(uuid(998))
const unit = (name: string) => listUnits(world.read).find((found) => found.name === name)?.id ?? noUnit

test('a building has a name, an address and a code of its own that nobody can guess', () => {
  world.places.addBuilding({ name: 'Birch Court', address: '' })
  const [birch, first] = listBuildings(world.read)
  expect([first, birch?.linkCode === first?.linkCode, first?.linkCode.length]).toEqual([
    {
      id: linden,
      name: 'Linden Court',
      address: '1 Linden Street',
      linkCode: first?.linkCode,
      isActive: true,
      createdAt: world.clock.now,
    },
    false,
    22,
  ])
})

test('units keep the order in which they were added, and names that are there already are left alone', () => {
  world.places.addUnits(linden, [' 2 ', '1', '2', ' '], 'unit')
  world.places.addUnits(linden, ['1', 'Cellar'], 'common')
  expect(listUnits(world.read).map(({ name, kind, position }) => [name, kind, position])).toEqual([
    ['2', 'unit', 1],
    ['1', 'unit', 2],
    ['Cellar', 'common', 3],
  ])
})

test('a page of a building’s units leaves out what is not offered', () => {
  world.places.addUnits(linden, ['1', '2', '3', '4'], 'unit')
  world.places.setUnitActive(unit('2'), false)
  const page = (offset: number) => findUnits(world.read, linden, offset, 2).map(({ name }) => name)
  expect([page(0), page(2)]).toEqual([['1', '3'], ['4']])
})

test('a building and a unit are renamed and offered or not', () => {
  world.places.addUnits(linden, ['1'], 'unit')
  const id = unit('1')
  world.places.renameBuilding(linden, { name: 'Linden House', address: '2 Linden Street' })
  world.places.setBuildingActive(linden, false)
  world.places.renameUnit(id, ' 1 a ')
  world.places.setUnitActive(id, false)
  expect([listBuildings(world.read), listUnits(world.read)]).toMatchObject([
    [{ name: 'Linden House', address: '2 Linden Street', isActive: false }],
    [{ name: '1 a', isActive: false }],
  ])
})

test('a name can be kept as it is', () => {
  world.places.addUnits(linden, ['1'], 'unit')
  world.places.renameBuilding(linden, { name: 'Linden Court', address: '' })
  world.places.renameUnit(unit('1'), '1')
  expect(names()).toEqual(['1'])
})

describe('refused is', () => {
  beforeEach(() => {
    world.places.addBuilding({ name: 'Birch Court', address: '' })
    world.places.addUnits(linden, ['1', '2'], 'unit')
  })

  test.each([
    {
      name: 'a building’s name that is taken',
      act: () => world.places.addBuilding({ name: 'Linden Court', address: '' }),
      code: 'name-taken',
    },
    {
      name: 'a new name that is taken',
      act: () => {
        world.places.renameBuilding(linden, { name: 'Birch Court', address: '' })
      },
      code: 'name-taken',
    },
    {
      name: 'a building without a name',
      act: () => world.places.addBuilding({ name: ' ', address: '' }),
      code: 'name-missing',
    },
    {
      name: 'a unit’s name that is taken',
      act: () => {
        world.places.renameUnit(unit('1'), '2')
      },
      code: 'name-taken',
    },
    {
      name: 'a unit without a name',
      act: () => {
        world.places.renameUnit(unit('1'), '')
      },
      code: 'name-missing',
    },
    {
      name: 'a name for no building',
      act: () => {
        world.places.renameBuilding(nowhere, { name: 'X', address: '' })
      },
      code: 'not-found',
    },
    {
      name: 'no building',
      act: () => {
        world.places.setBuildingActive(nowhere, false)
      },
      code: 'not-found',
    },
    {
      name: 'units of no building',
      act: () => {
        world.places.addUnits(nowhere, ['1'], 'unit')
      },
      code: 'not-found',
    },
    {
      name: 'a name for no unit',
      act: () => {
        world.places.renameUnit(noUnit, '1')
      },
      code: 'not-found',
    },
    {
      name: 'no unit',
      act: () => {
        world.places.setUnitActive(noUnit, false)
      },
      code: 'not-found',
    },
  ])('$name', ({ act, code }) => {
    const before = [listBuildings(world.read), listUnits(world.read)]
    expect([refusedWith(act), [listBuildings(world.read), listUnits(world.read)]]).toEqual([code, before])
  })

  test('not the same name in another building', () => {
    const [birch] = listBuildings(world.read)
    if (birch) world.places.addUnits(birch.id, ['1'], 'unit')
    expect(names().toSorted()).toEqual(['1', '1', '2'])
  })
})
