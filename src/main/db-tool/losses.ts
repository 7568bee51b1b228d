import type { Loss } from '../db/migrations/loss'
import { NotReversible } from '../db/migrations/errors'

const counted = (count: number, one: string, many: string) => `${String(count)} ${count === 1 ? one : many}`

/** A loss as a sentence, without a word of what is lost. */
export function lossInWords(loss: Loss): string {
  switch (loss.kind) {
    case 'table':
      return `table ${loss.table} with ${counted(loss.rows, 'row', 'rows')}`
    case 'column':
      return `column ${loss.table}.${loss.column} with ${counted(loss.values, 'value', 'values')}`
    case 'rows':
      return typeof loss.change === 'number'
        ? `${counted(-loss.change, 'row', 'rows')} of table ${loss.table}`
        : `rows of table ${loss.table}`
  }
}

/** Taking back would lose data, and nobody has agreed to that; says what would be lost. */
export class WouldLose extends NotReversible {
  readonly losses: readonly Loss[]

  constructor(migration: string, losses: readonly Loss[]) {
    super(migration, true)
    const what = losses.length === 0 ? 'nothing that is there now' : losses.map(lossInWords).join('; ')
    this.message = `${this.message}: ${what}. Say --accept-loss to agree`
    this.losses = losses
  }

  /** For scripts. */
  get details(): Readonly<Record<string, unknown>> {
    return { losses: this.losses }
  }
}
