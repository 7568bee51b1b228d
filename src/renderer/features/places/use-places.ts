import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BuildingId, UnitId } from '../../../shared/model/ids'
import type { UnitKind } from '../../../shared/model/vocabulary'
import { useAppState } from '../../lib/app-state'
import { client } from '../../lib/client'

/** All buildings with their units. */
export function usePlaces() {
  return useQuery({ queryKey: ['places', 'list'], queryFn: () => client.places.list() })
}

/** The bot's user name for the stickers; empty while the bot is not receiving. */
export function useBotUsername(): string {
  const { bot } = useAppState()
  return bot.kind === 'receiving' ? bot.username : ''
}

/** What can be done to buildings and units; each call refreshes the list. */
export function usePlaceActions() {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['places'] })
  const saveBuilding = useMutation({
    mutationFn: ({ id, name, address }: { id: BuildingId | null; name: string; address: string }) =>
      id === null
        ? client.places.addBuilding({ name, address }).then((made) => made.id)
        : client.places.renameBuilding({ buildingId: id, name, address }).then(() => id),
    onSuccess,
  })
  const setBuildingActive = useMutation({
    mutationFn: (input: { buildingId: BuildingId; active: boolean }) =>
      client.places.setBuildingActive(input),
    onSuccess,
  })
  const addUnits = useMutation({
    mutationFn: (input: { buildingId: BuildingId; names: string[]; kind: UnitKind }) =>
      client.places.addUnits(input),
    onSuccess,
  })
  const renameUnit = useMutation({
    mutationFn: (input: { unitId: UnitId; name: string }) => client.places.renameUnit(input),
    onSuccess,
  })
  const setUnitActive = useMutation({
    mutationFn: (input: { unitId: UnitId; active: boolean }) => client.places.setUnitActive(input),
    onSuccess,
  })
  return { saveBuilding, setBuildingActive, addUnits, renameUnit, setUnitActive }
}
