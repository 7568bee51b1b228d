import type { Button } from '../actions'
import type { RichText } from '../rich-text'

/** A message ready to be sent or edited: its text and its buttons by rows. */
export type Drawn = RichText & { readonly buttons: readonly (readonly Button[])[] }
