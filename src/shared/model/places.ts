import { z } from 'zod'
import { BuildingId, UnitId } from './ids'
import { UnitKind } from './vocabulary'

/** A flat, an office or a common place. */
export const Unit = z.object({
  id: UnitId,
  name: z.string(),
  kind: UnitKind,
  isActive: z.boolean(),
  /** The t.me link that its QR code holds; empty while no bot is connected. */
  link: z.string(),
  residents: z.int(),
})
export type Unit = z.infer<typeof Unit>

/** A building with its units. */
export const Building = z.object({
  id: BuildingId,
  name: z.string(),
  address: z.string(),
  isActive: z.boolean(),
  link: z.string(),
  units: z.array(Unit),
})
export type Building = z.infer<typeof Building>
