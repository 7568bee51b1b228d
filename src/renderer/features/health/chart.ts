/** What a chart draws, step by step; null is a gap, in which the program was not running. */
export type Series = readonly (number | null)[]

/** Where the program was not running, as parts of the width: from, and how much. */
export type Gap = { readonly from: number; readonly width: number }

/** Steps without a figure, put together; those before the first figure are one too. */
export function gapsOf(series: Series): Gap[] {
  const gaps: Gap[] = []
  let began: number | null = null
  for (const [index, value] of [...series, 0].entries()) {
    if (value === null && index < series.length) began ??= index
    else if (began !== null) {
      gaps.push({ from: began / series.length, width: (index - began) / series.length })
      began = null
    }
  }
  return gaps
}

/** The line through the figures, broken where there are none, on a canvas of this size; zero is at its foot. */
export function lineOf(series: Series, top: number, width: number, height: number): string {
  const step = width / series.length
  const y = (value: number) => round(height - (top === 0 ? 0 : (value / top) * height))
  let isBroken = true
  return series
    .map((value, index) => {
      if (value === null) {
        isBroken = true
        return ''
      }
      // Each figure stands for its whole step, so that a single one between two gaps is seen.
      const from = round(index * step)
      const part = `${isBroken ? 'M' : 'L'}${from} ${y(value)}L${round(from + step)} ${y(value)}`
      isBroken = false
      return part
    })
    .join('')
}

/** The figures of a series, without its gaps. */
export function figuresOf(series: Series): { sum: number; min: number; max: number; last: number } | null {
  const known = series.filter((value) => value !== null)
  const last = known.at(-1)
  if (last === undefined) return null
  return {
    sum: known.reduce((sum, value) => sum + value, 0),
    min: Math.min(...known),
    max: Math.max(...known),
    last,
  }
}

/** The share of the steps that have no figure. */
export function gapShare(series: Series): number {
  return series.length === 0 ? 0 : series.filter((value) => value === null).length / series.length
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
