/** Telegram ids of the technicians who answer begin here; those of the made data have others. */
export const FIRST_TECHNICIAN = 600_000_000

/** What the people of the hour are told. */
export type StreetOrder = {
  readonly do: 'live'
  /** A code for each technician to join with. */
  readonly invites: readonly string[]
  /** The codes at the doors. */
  readonly units: readonly string[]
  /** How many residents report something. */
  readonly residents: number
}

/** What they tell. */
export type StreetTold =
  | { readonly told: 'ready'; readonly apiRoot: string; readonly token: string }
  | { readonly told: 'over'; readonly calls: number; readonly untold: number }
