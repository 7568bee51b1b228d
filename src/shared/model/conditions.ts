import { z } from 'zod'
import { TroubleCode } from './trouble'

/** How much room the disk has: little, too little for attachments, or none at all. */
export const DiskState = z.enum(['enough', 'low', 'very-low', 'full'])
export type DiskState = z.infer<typeof DiskState>

/** Where a data folder lies that should not lie there. */
export const UnsafePlace = z.object({
  /** A folder that a program copies to other computers, a disk of another computer, or one that a program plays. */
  kind: z.enum(['synchronised', 'network', 'virtual']),
  /** Name of the service or of the kind of disk. */
  name: z.string(),
})
export type UnsafePlace = z.infer<typeof UnsafePlace>

/** Lasting conditions of the data that people at the desk have to know. */
export const Conditions = z.object({
  /** Why the data are only shown; null when they can be changed. */
  readOnly: TroubleCode.nullable(),
  disk: z.object({ state: DiskState, freeBytes: z.number() }),
  place: UnsafePlace.nullable(),
  /** True when a check has found damage while the desk was open. */
  damaged: z.boolean(),
})
export type Conditions = z.infer<typeof Conditions>

/** The usual: nothing to say. */
export const NO_CONDITIONS: Conditions = {
  readOnly: null,
  disk: { state: 'enough', freeBytes: 0 },
  place: null,
  damaged: false,
}
