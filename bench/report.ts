import type { Machine } from './machine'
import type { Row } from './row'
import { type Goal, judge, ratios, spreadOf, type Summary, summarize, type Verdict } from './statistics'

/** A row with everything that is printed of it. */
type Judged = {
  readonly row: Row
  readonly ours: Summary
  readonly baseline: Summary
  readonly ratio: Summary
  readonly verdict: Verdict
}

function judged(row: Row): Judged {
  const ratio = summarize(ratios(row.ours, row.baseline))
  return {
    row,
    ours: summarize(row.ours),
    baseline: summarize(row.baseline),
    ratio,
    verdict: judge(ratio, row.goal),
  }
}

/** The line about the computer that stands above all. */
export function machineLine(machine: Machine): string {
  const { spinMs, spinSpread, load, fdatasyncMs } = machine
  return [
    `Electron ${machine.electron}, Node ${machine.node}`,
    machine.cpu,
    `spin ${spinMs.toFixed(1)} ms ± ${percent(spinSpread)}`,
    `load ${load.toFixed(1)}`,
    `fdatasync p50 ${fdatasyncMs.toFixed(2)} ms`,
  ].join(' · ')
}

/** One row as a line of the terminal. */
export function rowLine(row: Row): string {
  const { ours, baseline, ratio, verdict } = judged(row)
  return [
    row.id.padEnd(4),
    row.name.padEnd(44),
    `ours ${amount(ours.median, row.unit)}`.padEnd(17),
    `${row.baselineName} ${amount(baseline.median, row.unit)}`.padEnd(38),
    `${times(ratio.median)} ± ${percent(spreadOf(ratio))}`.padEnd(16),
    `goal ${goalText(row.goal)}`.padEnd(14),
    verdict,
  ].join(' ')
}

/** docs/benchmarks.md, whole. */
export function document(rows: readonly Row[], machine: Machine, date: string): string {
  const lines = rows.map((row) => {
    const { ours, baseline, ratio, verdict } = judged(row)
    const cells = [
      row.id,
      row.name,
      amount(ours.median, row.unit),
      `${row.baselineName}: ${amount(baseline.median, row.unit)}`,
      times(ratio.median),
      `${times(ratio.low)} – ${times(ratio.high)}`,
      String(row.ours.length),
      goalText(row.goal),
      verdict === 'reached' ? 'reached' : `**${verdict}**`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const notes = rows.flatMap(({ id, name, note }) =>
    note === undefined ? [] : [`- **${id}, ${name}:** ${note}`],
  )
  return `${HEAD}
Written by \`npm run bench\` on ${date}.
${machineLine(machine)}.

| | what | ours | baseline | ratio | quartiles | rounds | goal | |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

${notes.join('\n')}

${METHOD}`
}

const HEAD = `# Benchmarks
`

const METHOD = `## How it is measured

Everything is the whole program: the built one for what has a window, its own modules (office, use cases,
engine) on Electron's Node for the rest. Each baseline runs in the same call on the same data. A round
measures ours and the baseline one after the other, in an order that turns with every round; the ratio is
taken round by round, and the table gives the median of the ratios with their quartiles. Absolute figures
move by a factor of two between runs on a busy computer; the ratios do not. Where the quartiles of the ratio lie
more than 25 % apart, the row says "noisy" and proves nothing.

The data are made once by SQL through the real migrations and kept in \`node_modules/.cache/bench\`: people,
places, requests with their journal, comments and files. In "archive" sets 120 requests are on the board and
all others are over; in "board" sets all of them are on the board.

\`npm run bench -- --quick\` measures P4, P7, P9 (at 100,000) and P14 in less than a minute and leaves this
file as it is. \`npm run bench -- --only P4,P9\` measures some rows.
`

function amount(value: number, unit: Row['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  const text = value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '/s' ? `${text}/s` : `${text} ${unit}`
}

function times(value: number): string {
  return `${value >= 10 ? value.toFixed(1) : value.toFixed(2)}×`
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`
}

function goalText(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${String(goal.atMost)}×` : `≥ ${String(goal.atLeast)}×`
}
