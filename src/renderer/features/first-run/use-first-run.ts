import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BuildingId } from '../../../shared/model/ids'
import type { Language } from '../../../shared/model/vocabulary'
import { appState, useAppState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { speak } from '../../lib/texts'
import { reachableStep, type Step } from './steps'

/** Where the step is kept, so that a window that is loaded again goes on where it was. */
const KEPT_AS = 'first-run-step'

/** The step that is shown, and the way to another. */
export function useStep(): { step: Step; go: (step: Step) => void } {
  const { bot } = useAppState()
  const [wanted, setWanted] = useState(() => sessionStorage.getItem(KEPT_AS))
  return {
    step: reachableStep(wanted, bot),
    go: (step) => {
      sessionStorage.setItem(KEPT_AS, step)
      setWanted(step)
    },
  }
}

/** Chooses the language of the desk at once. */
export function useChooseLanguage() {
  return useMutation({
    mutationFn: async (language: Language) => {
      await client.app.setLanguage({ language })
      await Promise.all([speak(language), appState.refresh()])
    },
  })
}

/** Opens the practice building; the program starts again there. */
export function useOpenPractice() {
  return useMutation({ mutationFn: () => client.practice.open() })
}

/** The buildings set up so far. */
export function useBuildings() {
  return useQuery({ queryKey: ['places', 'list'], queryFn: () => client.places.list() })
}

/** The invitations made so far. */
export function useInvites() {
  return useQuery({ queryKey: ['people', 'invites'], queryFn: () => client.people.invites() })
}

type NewBuilding = { readonly name: string; readonly address: string; readonly units: readonly string[] }

/** Adds a building with its units; a second try after a failure does not add the building twice. */
export function useAddBuilding() {
  const queries = useQueryClient()
  const [made, setMade] = useState<{ name: string; id: BuildingId } | null>(null)
  return useMutation({
    mutationFn: async ({ name, address, units }: NewBuilding) => {
      const id = made?.name === name ? made.id : (await client.places.addBuilding({ name, address })).id
      setMade({ name, id })
      if (units.length > 0) await client.places.addUnits({ buildingId: id, names: [...units], kind: 'unit' })
    },
    onSuccess: () => {
      setMade(null)
      return queries.invalidateQueries({ queryKey: ['places'] })
    },
  })
}

/** Ends the guide; the board takes its place. */
export function useFinish() {
  return useMutation({
    mutationFn: async () => {
      await client.app.finishSetUp()
      sessionStorage.removeItem(KEPT_AS)
      await appState.refresh()
    },
  })
}
