import { useTranslation } from 'react-i18next'
import type { HealthHistory, HealthPoint, HistorySpan } from '../../../shared/model/health-history'
import { useText } from '../../lib/texts'
import { duration } from '../../lib/time'
import { figuresOf, gapShare, gapsOf, lineOf } from './chart'
import classes from './health.module.css'

const WIDTH = 240
const HEIGHT = 36

type Props = {
  readonly history: HealthHistory
  readonly span: HistorySpan
  readonly of: Exclude<
    keyof HealthPoint,
    'inboxWaiting' | 'outboxWaiting' | 'sendFailures' | 'loopDelayMs' | 'overdue'
  >
  /** `sum` for what happened, `level` for what stood. */
  readonly kind: 'sum' | 'level'
  /** The top of the canvas when it is not the largest figure: a share always goes to 100. */
  readonly top?: number
  readonly say: (value: number) => string
}

/** A small chart from zero up, with gaps where the program was not running, and the same in words. */
export function Sparkline({ history, span, of, kind, top, say }: Props) {
  const { t } = useTranslation('health')
  const series = history.points.map((point) => (point === null ? null : point[of]))
  const figures = figuresOf(series)
  const height = top ?? figures?.max ?? 0
  const line = lineOf(series, height, WIDTH, HEIGHT)
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 -1 ${String(WIDTH)} ${String(HEIGHT + 2)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={useInWords({ history, span, of, kind, say })}
      >
        {gapsOf(series).map(({ from, width }) => (
          <rect
            key={from}
            className={classes.gap}
            x={from * WIDTH}
            y={-1}
            width={width * WIDTH}
            height={HEIGHT + 2}
          />
        ))}
        <path className={classes.foot} d={`M0 ${String(HEIGHT)}H${String(WIDTH)}`} />
        <path className={classes.line} d={line} />
      </svg>
      <figcaption aria-hidden="true">
        <span>{t(`ago.${span}`)}</span>
        <span>{figures === null ? t('chart.nothing') : t('chart.most', { max: say(figures.max) })}</span>
        <span>{t('now')}</span>
      </figcaption>
    </figure>
  )
}

/** What the chart shows, for whoever does not see it. */
function useInWords({ history, span, of, kind, say }: Omit<Props, 'top'>): string {
  const { t } = useTranslation('health')
  const desk = useText()
  const series = history.points.map((point) => (point === null ? null : point[of]))
  const figures = figuresOf(series)
  const head = `${t(`chart.${of}`)} ${t(`over.${span}`)}.`
  if (figures === null) return `${head} ${t('chart.nothing')}`
  const { sum, min, max, last } = figures
  const body =
    kind === 'sum'
      ? t('chart.sum', { sum: say(sum), max: say(max) })
      : t('chart.range', { min: say(min), max: say(max), last: say(last) })
  const missing = gapShare(series) * series.length * history.stepMs
  const gap = missing === 0 ? '' : ` ${t('chart.gap', { time: duration(missing, desk) })}`
  return `${head} ${body}${gap}`
}
